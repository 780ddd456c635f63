export { StartError } from './start-error.ts';
export type { Connection, Journal, Postgres } from './start-postgres.ts';
export { startPostgres } from './start-postgres.ts';
export type { SupervisorState } from './supervisor.ts';
