import { type Editor, newId, transact } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import { keyBetween } from '../records/order-key.ts';
import { type Gesture, viewNow } from './chart-write.ts';
import { type Density, type FilterOperator, maxText, maxTitle, type Theme } from './schema.ts';
import type { DashboardView } from './view.ts';

/** Commands on the dashboard as a whole: title, looks, filters, tabs. */

export function setTitle(editor: Editor, title: string, gesture: Gesture = {}): boolean {
  return setMeta(editor, 'Rename dashboard', 'title', title.slice(0, maxTitle), gesture);
}

export function setDescription(editor: Editor, text: string, gesture: Gesture = {}): boolean {
  return setMeta(editor, 'Change description', 'description', text.slice(0, maxText), gesture);
}

export function setTheme(editor: Editor, theme: Theme): boolean {
  return setMeta(editor, 'Change theme', 'theme', theme);
}

export function setPalette(editor: Editor, palette: string): boolean {
  return setMeta(editor, 'Change colours', 'palette', palette);
}

export function setDensity(editor: Editor, density: Density): boolean {
  return setMeta(editor, 'Change density', 'density', density);
}

export function setCurrency(editor: Editor, currency: string): boolean {
  return setMeta(editor, 'Change currency', 'currency', currency);
}

export function setSetting(editor: Editor, name: keyof DashboardView['settings'], value: Json): boolean {
  return transact(editor, 'Change settings', (write) => write.set('settings', 'settings', name, value));
}

export interface FilterSetting {
  readonly datasetId?: string | null;
  readonly field: string;
  readonly op: FilterOperator;
  readonly value: Json;
  readonly enabled?: boolean;
  /** null or left out: all charts. */
  readonly charts?: readonly string[] | null;
}

/** Adds a filter after the others and returns its id. */
export function addFilter(editor: Editor, filter: FilterSetting): string {
  const id = newId();
  const last = viewNow(editor).filters.at(-1)?.order ?? null;
  transact(editor, 'Add filter', (write) => {
    write.create('filters', id, {
      o: keyBetween(last, null),
      datasetId: filter.datasetId ?? null,
      field: filter.field,
      op: filter.op,
      value: filter.value,
      enabled: filter.enabled === false ? false : null,
      scope: filter.charts ? 'some' : null,
      ...Object.fromEntries((filter.charts ?? []).map((chart) => [`scope/${chart}`, 1])),
    });
  });
  return id;
}

/** Changes what is named and leaves the rest. */
export function setFilter(
  editor: Editor,
  id: string,
  filter: Partial<FilterSetting>,
  gesture: Gesture = {},
): boolean {
  const { charts, enabled, ...plain } = filter;
  return transact(
    editor,
    'Change filter',
    (write) => {
      if (!write.exists('filters', id)) return;
      for (const [name, value] of Object.entries(plain)) write.set('filters', id, name, value);
      if (enabled !== undefined) write.set('filters', id, 'enabled', enabled ? null : false);
      if (charts === undefined) return;
      write.set('filters', id, 'scope', charts === null ? null : 'some');
      for (const chart of write.members('filters', id, 'scope/').keys()) {
        if (!charts?.includes(chart)) write.set('filters', id, `scope/${chart}`, null);
      }
      for (const chart of charts ?? []) write.set('filters', id, `scope/${chart}`, 1);
    },
    gesture,
  );
}

export function removeFilter(editor: Editor, id: string): boolean {
  return remove(editor, 'Remove filter', 'filters', id);
}

/** Adds a tab after the others and returns its id. */
export function addTab(editor: Editor, title: string): string {
  const id = newId();
  const last = viewNow(editor).tabs.at(-1)?.order ?? null;
  transact(editor, 'Add tab', (write) =>
    write.create('tabs', id, { o: keyBetween(last, null), title: title.slice(0, maxTitle) }),
  );
  return id;
}

export function renameTab(editor: Editor, id: string, title: string): boolean {
  return transact(editor, 'Rename tab', (write) => {
    if (write.exists('tabs', id)) write.set('tabs', id, 'title', title.slice(0, maxTitle));
  });
}

/** Puts a tab before another one, or last. */
export function moveTab(editor: Editor, id: string, before: string | null): boolean {
  const others = viewNow(editor).tabs.filter((tab) => tab.id !== id);
  const at = before === null ? others.length : others.findIndex((tab) => tab.id === before);
  if (at === -1) return false;
  return transact(editor, 'Move tab', (write) => {
    if (!write.exists('tabs', id)) return;
    write.set('tabs', id, 'o', keyBetween(others[at - 1]?.order ?? null, others[at]?.order ?? null));
  });
}

/** Its charts show on the first tab that is left. */
export function removeTab(editor: Editor, id: string): boolean {
  return remove(editor, 'Remove tab', 'tabs', id);
}

function remove(editor: Editor, label: string, collection: string, id: string): boolean {
  return transact(editor, label, (write) => {
    if (write.exists(collection, id)) write.remove(collection, id);
  });
}

function setMeta(
  editor: Editor,
  label: string,
  register: string,
  value: Json,
  gesture: Gesture = {},
): boolean {
  return transact(editor, label, (write) => write.set('meta', 'meta', register, value), gesture);
}
