import { Readable } from 'node:stream';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import * as z from 'zod';
import type { Space, Spaces } from '../company/spaces.ts';
import { Document, Id } from '../documents/schemas.ts';
import type { Caller } from '../http/caller.ts';
import { invalid, no, Problem } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Recovery } from './recovery.ts';
import type { Planned, RecoveryPlans } from './recovery-plans.ts';

interface RecoveryRoutes {
  readonly spaces: Spaces;
  readonly plans: RecoveryPlans;
  readonly recovery: Recovery;
  readonly now: () => number;
}

const time = z.iso.datetime({ offset: true }).describe('A time in the past.');
const mostNamed = 10_000;

const Standing = z
  .object({
    document: Document.pick({ id: true, kind: true, title: true, template: true }),
    standing: z
      .enum(['unchanged', 'changed', 'made-since', 'in-bin', 'no-detail'])
      .describe(
        '`made-since` and `in-bin` (it was, and is) stay as they are. `no-detail`: every edit of that time is no longer kept.',
      ),
    lsn: z.int().nullable().describe('The last log position stored by then.'),
    edits: z.int().describe('Since then.'),
    by: z.array(z.object({ id: z.string().nullable(), name: z.string() })).describe('Who made them.'),
    binned: z.boolean().describe('It was moved to the bin since; it would come out.'),
    nearest: z
      .object({ at: z.iso.datetime(), name: z.string() })
      .nullable()
      .describe('Of `no-detail`: the last version before, taken only where `nearest` asks for it.'),
    came: z.boolean().describe('It was in another space then.'),
    status: z
      .enum(['submitted', 'won', 'lost'])
      .nullable()
      .describe('Of an estimate that is not a draft: in place it is refused if a price would change.'),
  })
  .meta({ id: 'RecoveryStanding' });

const Departed = z
  .object({
    purged: z.int().describe('Deleted for good.'),
    moved: z.int().describe('In other spaces now.'),
    hidden: z.int().describe('Of those that were moved: in spaces that the caller does not know.'),
    elsewhere: z
      .array(
        z.object({
          document: Document.pick({ id: true, kind: true, title: true }),
          space: z.object({ id: z.string(), name: z.string() }),
        }),
      )
      .describe('Those that the caller may know of, and where they are: a hundred at most.'),
  })
  .meta({ id: 'RecoveryDeparted' });

const Wish = z.object({
  at: time,
  mode: z
    .enum(['copies', 'in-place'])
    .default('copies')
    .describe('A new document beside each; or each itself, as one edit between two automatic versions.'),
  documents: z.array(z.uuid()).min(1).max(mostNamed).optional().describe('Default: all of the space.'),
  nearest: z.boolean().default(false).describe('Where detail is thinned, take the last version before.'),
  timeZone: z
    .string()
    .max(100)
    .refine(isTimeZone, 'is no time zone')
    .optional()
    .describe('For the titles of copies, such as `Europe/Berlin`. Default: UTC.'),
});

const Line = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('document'),
      id: z.string(),
      outcome: z.enum(['restored', 'copied', 'nothing', 'refused']),
      copy: z.object({ id: z.string(), title: z.string() }).nullable(),
      outOfBin: z.boolean(),
      problem: z.object({ code: Problem.shape.code, detail: z.string() }).nullable(),
    }),
    z.object({
      type: z.literal('end'),
      ...{ restored: z.int(), copied: z.int(), nothing: z.int(), refused: z.int() },
      departed: z
        .object({ purged: z.int(), moved: z.int() })
        .describe('Documents of that time that are deleted for good, or in another space: they stay so.'),
      complete: z.boolean().describe('False: it stopped early, for what the last document was refused.'),
    }),
  ])
  .meta({ id: 'RecoveryLine' });

/** A whole space as it was at a time: what stood then, and how to bring it back. */
export function recoveryRoutes(app: App, { spaces, plans, recovery, now }: RecoveryRoutes): void {
  /** Spaces that are being brought back: a second time at once would only make everything twice. */
  const underWay = new Set<string>();

  async function spaceFor(caller: Caller, id: string): Promise<Space | Refusal> {
    const space = (await spaces.list(caller)).find((each) => each.id === id);
    if (!space) return refuse('not-found', 'There is no such space.');
    return space.access === 'edit' ? space : refuse('read-only', 'You may read in this space but not write.');
  }

  async function departedOf(caller: Caller, space: Space, at: number): Promise<z.infer<typeof Departed>> {
    const { elsewhere, ...counts } = await plans.departed(caller, space.id, at);
    const names = new Map((await spaces.list(caller)).map(({ id, name }) => [id, name]));
    return {
      ...counts,
      elsewhere: elsewhere.map(({ id, kind, title, projectId }) => ({
        document: { id, kind, title },
        space: { id: projectId, name: names.get(projectId) ?? '' },
      })),
    };
  }

  app.get(
    '/api/spaces/:id/recovery',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'What stood in a space at a time',
        description: 'Document by document, for whoever may edit there. Nothing is changed by looking.',
        tags: ['history'],
        params: Id,
        querystring: z.object({
          at: time,
          cursor: z.uuid().optional().describe('`nextCursor` of the page before.'),
          limit: z.coerce.number().int().min(1).max(200).default(100),
        }),
        response: answers(
          'read',
          {
            200: z.object({
              items: z.array(Standing),
              nextCursor: z.string().nullable(),
              departed: Departed.nullable().describe(
                'What was in the space then and is not any more; null but with the first page.',
              ),
            }),
          },
          'not-found',
          'read-only',
          'invalid',
        ),
      },
    },
    async ({ caller, params, query: { at, cursor, limit } }) => {
      const space = await spaceFor(caller, params.id);
      if (isRefusal(space)) return no(space);
      if (Date.parse(at) > now()) return no(invalid({ at: 'has not come yet' }));
      const page = await plans.page(caller, space.id, Date.parse(at), { after: cursor ?? null, limit });
      const departed = cursor === undefined ? await departedOf(caller, space, Date.parse(at)) : null;
      return { items: page.items.map(shown), nextCursor: page.next, departed };
    },
  );

  app.post(
    '/api/spaces/:id/recovery',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Bring a space back to a time',
        description:
          'Answered line by line while it works, one document after the other, with a last line of type `end`; without that line it broke off. Closing the connection ends it after the document under way. Asking again goes on where it ended. In the shared space only owners do it in place.',
        tags: ['history'],
        params: Id,
        body: Wish,
        response: answers(
          'edit',
          { 200: { description: 'The report', content: { 'application/x-ndjson': { schema: Line } } } },
          ...(['not-found', 'no-access', 'invalid', 'too-many-requests'] as const),
        ),
      },
    },
    async ({ caller, params, body }, reply) => {
      const space = await spaceFor(caller, params.id);
      if (isRefusal(space)) return no(space);
      const lack = await recovery.lacks(caller, space, body.mode);
      if (lack) return no(lack);
      const at = Date.parse(body.at);
      if (at > now()) return no(invalid({ at: 'has not come yet' }));
      if (underWay.has(space.id)) return no('too-many-requests', 'The space is being brought back already.');
      underWay.add(space.id);
      const { mode, nearest, documents = null, timeZone = null } = body;
      const wish = { at, mode, nearest, documents, timeZone };
      const report = Readable.from(linesOf(recovery.run(caller, space, wish)), { highWaterMark: 1 });
      report.once('close', () => underWay.delete(space.id));
      reply.header('content-type', 'application/x-ndjson').header('cache-control', 'no-store');
      return reply.send(report as never) as never;
    },
  );
}

function shown({ entry, nearest, standing, ...plan }: Planned): z.infer<typeof Standing> {
  const { id, kind, title, template, figures } = entry;
  const status = figures === null || figures.status === 'draft' ? null : figures.status;
  return {
    document: { id, kind, title, template },
    standing,
    ...plan,
    by: [...plan.by],
    nearest:
      nearest && standing === 'no-detail'
        ? { at: new Date(nearest.at).toISOString(), name: nearest.name }
        : null,
    status,
  };
}

async function* linesOf(report: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const line of report) yield `${JSON.stringify(line)}\n`;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
