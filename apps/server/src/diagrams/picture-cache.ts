/** Pictures that were made a moment ago, by what they are of. */
export interface PictureCache {
  get(key: string): Uint8Array | undefined;
  put(key: string, picture: Uint8Array): void;
}

/** Keeps so many bytes; what was not asked for the longest goes first. */
export function createPictureCache(mostBytes = 32 * 1024 * 1024): PictureCache {
  const kept = new Map<string, Uint8Array>();
  let size = 0;
  const drop = (key: string) => {
    size -= kept.get(key)?.byteLength ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const picture = kept.get(key);
      if (picture === undefined) return undefined;
      kept.delete(key);
      kept.set(key, picture);
      return picture;
    },
    put(key, picture) {
      drop(key);
      if (picture.byteLength > mostBytes) return;
      kept.set(key, picture);
      size += picture.byteLength;
      for (const oldest of kept.keys()) {
        if (size <= mostBytes) return;
        drop(oldest);
      }
    },
  };
}
