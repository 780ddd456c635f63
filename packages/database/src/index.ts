export { beginAnew } from './begin-anew.ts';
export type { Connection, ConnectionFields } from './connection.ts';
export type { HistoryDue } from './history-store.ts';
export { type Database, openDatabase } from './open-database.ts';
export {
  listQuarantined,
  type QuarantinedItem,
  readQuarantined,
  removeQuarantined,
} from './quarantine.ts';
export type { RightsAnswer, RightsQuestion } from './rights-questions.ts';
export { DatabaseSetupError } from './setup-error.ts';
export { isStorable, toStorable } from './storable.ts';
export type { DocumentKind } from './tables/documents.ts';
export type { RiskFigures } from './tables/estimate-figures.ts';
export type { Tables } from './tables/index.ts';
export type { LoginTables } from './tables/login.ts';
export type { CompanyRole } from './tables/memberships.ts';
export type { EstimateStatus } from './tables/versions.ts';
export { inTenant, type Tenant, type TenantTransaction } from './tenant.ts';
