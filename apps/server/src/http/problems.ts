import { isRefusal, type Refusal, type RefusalCode, refusals, refuse } from '@tidemark/protocol';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import * as z from 'zod';

/** RFC 9457, with our `code` (a row of the refusal table), for `invalid` what is wrong with which field, and for a file in which line. */
export const Problem = z
  .object({
    type: z.string().describe('Where the code is explained.'),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]),
    detail: z.string(),
    fields: z.record(z.string(), z.string()).optional().describe('Field → what is wrong with it.'),
    line: z.int().optional().describe('Of a file that was refused: where it is wrong, from 1.'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof Problem>;

export const problemType = 'application/problem+json';

/** A refusal that names fields. */
export interface FieldRefusal extends Refusal {
  readonly fields: Readonly<Record<string, string>>;
}

/** A refusal of a file, with the line that is to blame. */
export interface LineRefusal extends Refusal {
  readonly line: number | null;
}

export function invalid(fields: Readonly<Record<string, string>>): FieldRefusal {
  const detail = Object.entries(fields)
    .map(([field, wrong]) => `${field}: ${wrong}`)
    .join('; ');
  return { ...refuse('invalid', detail), fields };
}

/** The refusals a route may answer with, for its response schema. What any route may answer stands under `default`. */
export function problems(...codes: RefusalCode[]): Record<string, unknown> {
  const answers: Record<string, unknown> = {
    default: answer('Any other refusal, or a fault of the server.'),
  };
  const byStatus = Map.groupBy(codes, (code) => refusals[code].http ?? 500);
  for (const [status, group] of byStatus) {
    answers[status] = answer(group.map((code) => `\`${code}\`: ${refusals[code].meaning}`).join(' '));
  }
  return answers;
}

function answer(description: string) {
  return { description, content: { [problemType]: { schema: Problem } } };
}

export function problemOf(refusal: Refusal | FieldRefusal | LineRefusal): Problem {
  const kind = refusals[refusal.refused];
  return {
    type: `/problems/${refusal.refused}`,
    title: kind.meaning,
    status: kind.http ?? 500,
    code: refusal.refused,
    detail: refusal.detail,
    ...('fields' in refusal ? { fields: { ...refusal.fields } } : {}),
    ...('line' in refusal && refusal.line !== null ? { line: refusal.line } : {}),
  };
}

/**
 * How a handler says no: `return no(refusal)`. The value travels as it is to the hook below, which makes the problem
 * of it; the type `never` keeps the handler's answer type that of its success.
 */
export function no(refusal: Refusal): never;
export function no(code: RefusalCode, detail?: string): never;
export function no(what: Refusal | RefusalCode, detail?: string): never {
  return (typeof what === 'string' ? refuse(what, detail) : what) as never;
}

export function sendProblem(reply: FastifyReply, refusal: Refusal) {
  const problem = problemOf(refusal);
  if (refusal.refused === 'too-many-requests' && !reply.hasHeader('retry-after')) {
    reply.header('retry-after', '10');
  }
  if (refusal.refused === 'cannot-store' || refusal.refused === 'restarting')
    reply.header('retry-after', '2');
  return reply.code(problem.status).type(problemType).send(problem);
}

/** Every error answer of the server is made here. */
export function installProblems(app: FastifyInstance): void {
  app.addHook('preSerialization', async (_request, reply, payload) => {
    if (!isRefusal(payload)) return payload;
    const problem = problemOf(payload);
    reply.code(problem.status).type(problemType);
    return problem;
  });

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.refused === 'internal') request.log.error({ err: error }, 'request failed');
    return sendProblem(reply, refusal);
  });
}

/** Postgres' code for text that it cannot hold. */
const badText = '22021';

/** What Fastify and its parsers throw for a bad request, as rows of our table; all else is a fault. */
function refusalOf(error: FastifyError): Refusal {
  if (hasZodFastifySchemaValidationErrors(error)) {
    // An id that cannot be one names nothing.
    if (error.validationContext === 'params') return refuse('not-found');
    const fields: Record<string, string> = {};
    for (const issue of error.validation) {
      const name =
        issue.instancePath.split('/').filter(Boolean).join('.') || (error.validationContext ?? 'body');
      fields[name] ??= issue.message ?? 'is wrong';
    }
    return invalid(fields);
  }
  if (error.statusCode === 413) return refuse('too-large', 'The request is larger than the limit.');
  if (error.statusCode === 429) return refuse('too-many-requests');
  if (error.statusCode === 415)
    return refuse('malformed', 'The content type is not one that this address takes.');
  if (error.statusCode === 400) return refuse('malformed', error.message);
  if (isStorageFault(error)) return refuse('cannot-store');
  if (error.code === badText) return refuse('invalid', 'Text may not hold the character U+0000.');
  return refuse('internal');
}

/** Postgres is away, shutting down, full or out of connections: passing, and said as such. */
export function isStorageFault(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (/^(ECONN|EPIPE|ENOENT|ETIMEDOUT|ENOSPC)/.test(code)) return true;
    if (/^(08|53|57P0)/.test(code)) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(cause.message)) return true;
  }
  return false;
}
