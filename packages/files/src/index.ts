export { createDirectoryStore } from './directory-store.ts';
export type { ObjectStore, OpenObject, PutOptions, PutRefusal, StoredObject } from './object-store.ts';
export { isPutRefusal } from './object-store.ts';
