import type pg from 'pg';

/** Who asks about which document, and what they came in by (see `rights_of`). */
export interface RightsQuestion {
  readonly userId: string;
  readonly documentId: string;
  readonly credential: string | null;
}

/** What the database knows of one question; what is null was not found. */
export interface RightsAnswer {
  /** Whether the credential is good. */
  readonly known: boolean;
  readonly company_id: string | null;
  readonly binned: boolean;
  readonly space_kind: 'company' | 'personal' | null;
  readonly space_owner_id: string | null;
  readonly role: 'owner' | 'editor' | 'viewer' | null;
  readonly token_company_id: string | null;
  readonly token_access: 'edit' | 'read' | null;
}

/** One statement for all questions; the answers are in their order. Rejects on a fault. */
export async function askRights(
  pool: Pick<pg.Pool, 'query'>,
  questions: readonly RightsQuestion[],
): Promise<readonly RightsAnswer[]> {
  const { rows } = await pool.query<RightsAnswer & { readonly question: number }>({
    name: 'rights',
    text: 'select * from tidemark.rights_of($1::text[], $2::uuid[], $3::text[])',
    values: [
      questions.map(({ userId }) => userId),
      questions.map(({ documentId }) => documentId),
      questions.map(({ credential }) => credential),
    ],
  });
  const found = new Map(rows.map((row) => [row.question, row]));
  return questions.map((_, i) => {
    const row = found.get(i + 1);
    if (row === undefined) throw new Error('The database left a question about rights unanswered.');
    return row;
  });
}
