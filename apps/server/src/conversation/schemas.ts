import * as z from 'zod';

/** Longest message, in characters. */
const textLength = 4_000;
/** People named in one message. */
const mentionsAtMost = 50;

const Person = z.object({
  id: z.string().nullable().describe('Null: the account is gone.'),
  name: z.string(),
});

export const Anchor = z
  .object({
    kind: z
      .string()
      .regex(/^[a-z][a-z-]{0,39}$/, 'should be a word of a-z and hyphens')
      .describe('What it is in the document: `element`, `chart`, `line`, …'),
    id: z.string().min(1).max(500),
    place: z.string().max(500).optional().describe('Where in it.'),
    label: z.string().max(200).describe('What it was called, for when it is gone.'),
  })
  .meta({ id: 'ThreadAnchor' });

export const Thread = z
  .object({
    id: z.string(),
    seq: z.int().describe('The number of its last change.'),
    anchor: Anchor.nullable().describe('Null: about the document as a whole.'),
    createdAt: z.iso.datetime(),
    resolvedAt: z.iso.datetime().nullable(),
    resolvedBy: Person.nullable(),
  })
  .meta({ id: 'Thread' });

export const Message = z
  .object({
    id: z.string(),
    thread: z.string(),
    n: z.int().describe('Its place: messages stand in the order of their n.'),
    seq: z.int().describe('The number of its last change.'),
    author: Person,
    text: z.string().describe('Plain text; empty when it was deleted.'),
    mentions: z.array(
      z.object({ id: z.string(), name: z.string().describe('As it stood in the text, after an @.') }),
    ),
    createdAt: z.iso.datetime(),
    editedAt: z.iso.datetime().nullable(),
    deletedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Message' });

export const Mark = z.object({
  thread: z.string(),
  seq: z.int(),
  n: z.int().describe('The highest n that you have read.'),
});

export type Anchor = z.infer<typeof Anchor>;
export type Thread = z.infer<typeof Thread>;
export type Message = z.infer<typeof Message>;
export type Mark = z.infer<typeof Mark>;

export const Words = z.object({
  text: z.string().trim().min(1).max(textLength),
  mentions: z
    .array(z.string().min(1).max(100))
    .max(mentionsAtMost)
    .default([])
    .describe('Ids of people who may read the document.'),
});

export type Words = z.infer<typeof Words>;

export const NewMessage = Words.extend({
  thread: z.uuid().describe('A new id begins a thread.'),
  anchor: Anchor.nullish().describe('Of a thread that begins.'),
});

export type NewMessage = z.infer<typeof NewMessage>;

export const Since = z.object({
  since: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('The `seq` of the answer before.'),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
});

export const Changes = z.object({
  from: z.int().describe('As asked; 0 when these numbers do not go that far: then forget what you have.'),
  seq: z.int().describe('Ask for what comes after this.'),
  more: z.boolean().describe('Whether there is more already.'),
  threads: z.array(Thread),
  messages: z.array(Message),
  marks: z.array(Mark),
});

export type Changes = z.infer<typeof Changes>;
