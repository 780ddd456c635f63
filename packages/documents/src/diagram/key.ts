import { newId } from '../records/editor.ts';

/** A key with a '/' is that of a thing its owner has at most one of: `<owner's key>/<property>`. */
const separator = '/';

/** Keys begin with the owner's; the rest of a key is the property. Null for a random key. */
export function ownerOfKey(key: string): readonly [owner: string, property: string] | null {
  const at = key.lastIndexOf(separator);
  return at === -1 ? null : [key.slice(0, at), key.slice(at + 1)];
}

export function keyOfOnly(owner: string, property: string): string {
  return owner + separator + property;
}

export function collectionOf(key: string): 'el' | 'one' {
  return key.includes(separator) ? 'one' : 'el';
}

/** Whether a record of a collection may stand for an element: a bar would cut the keys of what the element has. */
export function isKeyOf(collection: 'el' | 'one', key: string): boolean {
  return collectionOf(key) === collection && !key.includes('|') && !isOutside(key);
}

export function newKey(): string {
  return newId();
}

/** A reference to something that the file it came from does not contain: kept as it is. */
export function isOutside(target: string): boolean {
  return target.startsWith('?');
}
