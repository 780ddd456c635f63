import type { Json } from '../records/json.ts';
import type { DiagramElement, Elements } from './element.ts';
import { ownerOfKey } from './key.ts';

/** An unfinished `after`: a copy of what is shown, to be changed at will. */
export interface Draft {
  readonly elements: Map<string, DiagramElement>;
  put(
    key: string,
    element: Partial<DiagramElement> & { readonly set?: Readonly<Record<string, Json | null>> },
  ): void;
  /** Adds it to its owner's list, where the owner has one. */
  add(
    key: string,
    type: string,
    owner: string,
    property: string,
    values?: Readonly<Record<string, Json>>,
  ): void;
  move(key: string, owner: string, property: string, at?: number): void;
  /** With all it holds. */
  remove(key: string): void;
}

const none: DiagramElement = {
  type: '',
  parent: null,
  property: null,
  values: new Map(),
  lists: new Map(),
  children: new Map(),
};

export function draftOf(shown: Elements): Draft {
  const elements = new Map(shown);
  const list = (owner: string, property: string, change: (keys: readonly string[]) => readonly string[]) => {
    const element = elements.get(owner);
    if (element === undefined) return;
    const children = new Map(element.children);
    const keys = change(children.get(property) ?? []);
    if (keys.length > 0) children.set(property, keys);
    else children.delete(property);
    elements.set(owner, { ...element, children });
  };
  const detach = (key: string) => {
    const { parent, property } = elements.get(key) ?? none;
    if (parent !== null && property !== null && ownerOfKey(key) === null)
      list(parent, property, (keys) => keys.filter((other) => other !== key));
  };
  const draft: Draft = {
    elements,
    put(key, { set = {}, ...rest }) {
      const element = elements.get(key) ?? none;
      const values = new Map(rest.values ?? element.values);
      for (const [name, value] of Object.entries(set)) {
        if (value === null) values.delete(name);
        else values.set(name, value);
      }
      elements.set(key, { ...element, ...rest, values });
    },
    add(key, type, owner, property, values = {}) {
      draft.put(key, { type, parent: owner, property, set: values });
      if (ownerOfKey(key) === null) list(owner, property, (keys) => [...keys, key]);
    },
    move(key, owner, property, at) {
      detach(key);
      draft.put(key, { parent: owner, property });
      list(owner, property, (keys) => keys.toSpliced(at ?? keys.length, 0, key));
    },
    remove(key) {
      detach(key);
      const falling = [key];
      for (const at of falling) {
        elements.delete(at);
        for (const [other, { parent }] of elements) if (parent === at) falling.push(other);
      }
    },
  };
  return draft;
}
