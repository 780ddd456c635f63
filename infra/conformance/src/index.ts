export type { Result } from './check.ts';
export { type Dialect, type DialectName, dialects } from './dialect.ts';
export { compare } from './report.ts';
export type { Subject } from './subject.ts';
export { checks, runSuite } from './suite.ts';
export type { Address } from './visitor.ts';
