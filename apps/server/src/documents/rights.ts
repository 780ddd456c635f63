import { type Database, inTenant } from '@tidemark/database';
import type { KindName } from '@tidemark/documents';
import { type Access, type Refusal, refuse } from '@tidemark/protocol';
import type { AccessPolicy, Principal } from '@tidemark/sync';
import { sql } from 'kysely';
import type { Role } from '../company/accounts.ts';

/** Where a document is and what a person may do with it. */
export interface Standing {
  readonly companyId: string;
  readonly kind: KindName;
  readonly access: Access;
  readonly binned: boolean;
}

/** The one rule of who may do what in a space; null: they may not know of it. */
export function accessInSpace(
  space: { kind: 'company' | 'personal'; ownerId: string | null },
  userId: string,
  role: Role,
): Access | null {
  if (space.kind === 'personal') return space.ownerId === userId ? 'edit' : null;
  return role === 'viewer' ? 'read' : 'edit';
}

export interface Rights {
  /** `not-found` for whoever may not know of the document. */
  standing(userId: string, documentId: string): Promise<Standing | Refusal>;
  /** The engine's question at each join: what is in the bin is not there. */
  readonly policy: AccessPolicy;
}

interface Found {
  company_id: string;
  space_kind: 'company' | 'personal';
  space_owner_id: string | null;
  kind: KindName;
  deleted_at: Date | null;
  role: Role;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createRights({ app }: Pick<Database, 'app'>): Rights {
  async function standing(userId: string, documentId: string): Promise<Standing | Refusal> {
    if (!uuid.test(documentId)) return refuse('not-found');
    const found = await inTenant(app, { companyId: null, userId }, async (tx) => {
      const { rows } = await sql<Found>`select * from tidemark.find_document(${documentId})`.execute(tx);
      return rows[0];
    });
    if (!found) return refuse('not-found');
    const space = { kind: found.space_kind, ownerId: found.space_owner_id };
    const access = accessInSpace(space, userId, found.role);
    if (access === null) return refuse('not-found');
    return { companyId: found.company_id, kind: found.kind, access, binned: found.deleted_at !== null };
  }

  return {
    standing,
    policy: {
      async access({ userId, atMost }: Principal, documentId) {
        const found = await standing(userId, documentId);
        if ('refused' in found) return found;
        if (found.binned) return refuse('not-found', 'The document is in the bin.');
        return atMost === 'read' ? 'read' : found.access;
      },
      onChanged: () => () => undefined,
    },
  };
}
