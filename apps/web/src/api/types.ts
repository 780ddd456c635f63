export type Role = 'owner' | 'editor' | 'viewer';
export type Access = 'edit' | 'read';

export interface Space {
  id: string;
  kind: 'company' | 'personal';
  name: string;
  access: Access;
}

export interface Me {
  user: { id: string; name: string; email: string };
  company: { id: string; name: string; role: Role };
  spaces: Space[];
  /** Whether this person looks after the server. */
  operator: boolean;
}

/** One line of the list; times are ISO 8601. */
export interface DocumentSummary {
  id: string;
  kind: string;
  title: string;
  /** The space it is in. */
  projectId: string;
  access: Access;
  createdAt: string;
  updatedAt: string;
  /** Since when it is in the bin. */
  deletedAt: string | null;
  /** When it is deleted for good, if it stays in the bin. */
  purgeAt: string | null;
  updatedBy: { id: string; name: string } | null;
  /** Version of its thumbnail; null when it has none. */
  thumbnail: string | null;
  /** Others begin with it; ordinary lists leave it out. */
  template: boolean;
  /** Of estimates, a few seconds behind their content. */
  figures: EstimateFigures | null;
}

export interface EstimateFigures {
  status: 'draft' | 'submitted' | 'won' | 'lost';
  client: string;
  /** Ten-thousandths of the currency's unit; null: it cannot be reckoned. */
  bid: number | null;
  currency: string;
}

export interface DocumentPage {
  items: DocumentSummary[];
  nextCursor: string | null;
}

export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export interface InvitationView {
  company: { name: string };
  inviter: { name: string } | null;
  role: Role;
}

export interface StoredFile {
  id: string;
  sha256: string;
  size: number;
  name: string;
  rows: number;
  columns: readonly string[];
}

/** Somewhere this person is signed in; times are ISO 8601. */
export interface Device {
  id: string;
  /** How the browser called itself. */
  device: string | null;
  createdAt: string;
  renewedAt: string;
  current: boolean;
}
