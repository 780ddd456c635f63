export type { Change, ChangedRegister, FieldChange, Thing, Touched } from './change.ts';
export type { Copied } from './copy-things.ts';
export { kindOf } from './kind-of.ts';
export type { DocumentKind, KindName } from './kinds.ts';
export { kindNames, kinds } from './kinds.ts';
export type { Restored, Wish } from './restore-things.ts';
