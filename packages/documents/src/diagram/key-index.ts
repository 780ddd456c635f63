/** Many keys by one: which records name this one. */
export interface KeyIndex {
  get(at: string): ReadonlySet<string>;
  add(at: string, key: string): void;
  delete(at: string, key: string): void;
}

const none: ReadonlySet<string> = new Set();

export function createKeyIndex(): KeyIndex {
  const entries = new Map<string, Set<string>>();
  return {
    get: (at) => entries.get(at) ?? none,
    add(at, key) {
      const keys = entries.get(at);
      if (keys === undefined) entries.set(at, new Set([key]));
      else keys.add(key);
    },
    delete(at, key) {
      const keys = entries.get(at);
      if (keys?.delete(key) && keys.size === 0) entries.delete(at);
    },
  };
}
