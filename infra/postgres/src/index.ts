export type { Connection } from './connection.ts';
export type { Journal } from './journal.ts';
export { StartError } from './start-error.ts';
export type { Postgres } from './start-postgres.ts';
export { startPostgres } from './start-postgres.ts';
export type { SupervisorState } from './supervisor.ts';
