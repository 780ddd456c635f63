import type { Database, RightsAnswer } from '@tidemark/database';
import { type Access, type Refusal, refuse } from '@tidemark/protocol';
import type { AccessPolicy, Principal } from '@tidemark/sync';
import type { Role } from '../company/accounts.ts';

/** The one rule of who may do what in a space; null: they may not know of it. */
export function accessInSpace(
  space: { kind: 'company' | 'personal'; ownerId: string | null },
  userId: string,
  role: Role,
): Access | null {
  if (space.kind === 'personal') return space.ownerId === userId ? 'edit' : null;
  return role === 'viewer' ? 'read' : 'edit';
}

interface Question {
  readonly principal: Principal;
  readonly documentId: string;
  readonly resolve: (found: RightsAnswer) => void;
  readonly reject: (error: unknown) => void;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const questionsPerStatement = 500;

/** The engine's questions; those of one turn of the event loop go to the database together. */
export function createPolicy({ rights }: Pick<Database, 'rights'>): AccessPolicy {
  let waiting: Question[] = [];

  const put = async (questions: readonly Question[]) => {
    try {
      const answers = await rights.ask(
        questions.map(({ principal: { userId, credential }, documentId }) => ({
          userId,
          documentId,
          credential,
        })),
      );
      for (const [i, { resolve, reject }] of questions.entries()) {
        const answer = answers[i];
        if (answer === undefined) reject(new Error('A question about rights was left unanswered.'));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of questions) reject(error);
    }
  };
  const ask = (principal: Principal, documentId: string) =>
    new Promise<RightsAnswer>((resolve, reject) => {
      if (waiting.length === 0) {
        setImmediate(() => {
          const questions = waiting;
          waiting = [];
          for (let i = 0; i < questions.length; i += questionsPerStatement) {
            void put(questions.slice(i, i + questionsPerStatement));
          }
        });
      }
      waiting.push({ principal, documentId, resolve, reject });
    });

  return {
    async access(principal, documentId, asked) {
      if (!uuid.test(documentId)) return refuse('not-found');
      const verdict = accessOf(await ask(principal, documentId), principal);
      // Whoever is inside knows of the document: they hear that it is theirs no more, not that it is not there.
      return verdict ?? refuse(asked === 'live' ? 'no-access' : 'not-found');
    },
    onChanged: (listener) => rights.onChanged(listener),
  };
}

/** Null: it is there, but not for this person. What is in the bin is not there. */
function accessOf(found: RightsAnswer, { userId, atMost }: Principal): Access | Refusal | null {
  if (!found.known) return refuse('not-signed-in', 'The login or the token that opened this was withdrawn.');
  if (found.company_id === null || found.space_kind === null) return refuse('not-found');
  if (found.role === null) return null;
  // A token acts in its own company alone.
  if (found.token_company_id !== null && found.token_company_id !== found.company_id) return null;
  const space = { kind: found.space_kind, ownerId: found.space_owner_id };
  const access = accessInSpace(space, userId, found.role);
  if (access === null) return null;
  if (found.binned) return refuse('not-found', 'The document is in the bin.');
  return atMost === 'read' || found.token_access === 'read' ? 'read' : access;
}
