export type { TestDatabase } from './test-cluster.ts';
export { createTestDatabase, startTestPostgres, toUrl } from './test-cluster.ts';
