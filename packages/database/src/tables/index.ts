import type { ApiTokensTable } from './api-tokens.ts';
import type { AttachmentsTable, ImportsTable } from './attachments.ts';
import type { CompaniesTable } from './companies.ts';
import type { CompanyProfilesTable } from './company-profiles.ts';
import type { ConversationsTable, MessagesTable, ThreadMarksTable, ThreadsTable } from './conversation.ts';
import type { DocumentCheckpointsTable } from './document-checkpoints.ts';
import type { DocumentUpdatesTable } from './document-updates.ts';
import type { DocumentsTable } from './documents.ts';
import type { EstimateFiguresTable } from './estimate-figures.ts';
import type { FilesTable } from './files.ts';
import type { FormerEpochsTable } from './former-epochs.ts';
import type { FormerPlacesTable } from './former-places.ts';
import type {
  AutomaticVersionsTable,
  DocumentSegmentsTable,
  HistoryCheckpointsTable,
  HistoryPlacesTable,
  HistorySessionsTable,
  HistoryWritersTable,
} from './history.ts';
import type { InvitationsTable } from './invitations.ts';
import type { UserTable } from './login.ts';
import type { MembershipsTable } from './memberships.ts';
import type { AssembliesTable, PriceChangesTable, PriceItemsTable } from './price-list.ts';
import type { SpacesTable } from './spaces.ts';
import type { ThumbnailsTable } from './thumbnails.ts';
import type { StatusChangesTable, VersionsTable } from './versions.ts';

/** What the role tidemark_app sees. */
export interface Tables {
  companies: CompaniesTable;
  company_profiles: CompanyProfilesTable;
  spaces: SpacesTable;
  memberships: MembershipsTable;
  invitations: InvitationsTable;
  api_tokens: ApiTokensTable;
  documents: DocumentsTable;
  document_updates: DocumentUpdatesTable;
  document_checkpoints: DocumentCheckpointsTable;
  document_segments: DocumentSegmentsTable;
  history_checkpoints: HistoryCheckpointsTable;
  history_places: HistoryPlacesTable;
  history_sessions: HistorySessionsTable;
  history_writers: HistoryWritersTable;
  automatic_versions: AutomaticVersionsTable;
  files: FilesTable;
  thumbnails: ThumbnailsTable;
  attachments: AttachmentsTable;
  imports: ImportsTable;
  price_items: PriceItemsTable;
  price_changes: PriceChangesTable;
  assemblies: AssembliesTable;
  former_epochs: FormerEpochsTable;
  former_places: FormerPlacesTable;
  versions: VersionsTable;
  status_changes: StatusChangesTable;
  estimate_figures: EstimateFiguresTable;
  conversations: ConversationsTable;
  threads: ThreadsTable;
  messages: MessagesTable;
  thread_marks: ThreadMarksTable;
  /** People of the current company, and the person itself; read only. */
  'auth.user': Pick<UserTable, 'id' | 'name' | 'email' | 'image'>;
}
