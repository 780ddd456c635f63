import { inspectLogo, type LogoProblem, largestLogo } from '@tidemark/proposal';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import * as z from 'zod';
import { bytes } from '../documents/schemas.ts';
import { invalid, no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { text } from '../http/text.ts';
import type { Profiles } from './profiles.ts';

const address = '/api/company/profile';

const Fields = z.object({
  name: text(200).describe("Empty: the company's name here."),
  address: text(1_000).describe('Line by line.'),
  phone: text(100),
  email: text(200),
  website: text(200),
  licence: text(200),
  terms: text(20_000).describe('Of an estimate that has none of its own.'),
  accent: z
    .string()
    .regex(/^(#[\da-f]{6})?$/, 'should be a colour such as #1f5c7a')
    .describe('Of headlines and rules.'),
  timeZone: z
    .string()
    .max(100)
    .refine(isTimeZone, 'is no time zone')
    .describe('Where a day begins, for dates on papers, such as America/Denver.'),
});

const Profile = Fields.extend({
  companyName: z.string().describe('Stands on papers when `name` is empty.'),
  revision: z.int().describe('Counts the changes of what is above; 0 before the first.'),
  logo: z.string().nullable().describe('Names the bytes of the logo; null when there is none.'),
}).meta({ id: 'CompanyProfile' });

/** What stands at the head of a company's papers: everybody in it reads it, owners change it. */
export function profileRoutes(app: App, profiles: Profiles): void {
  app.get(
    address,
    {
      config: { needs: 'read' },
      schema: {
        summary: 'What stands on the papers of the company',
        tags: ['company'],
        response: answers('read', { 200: Profile }),
      },
    },
    async ({ caller }) => ({ ...(await profiles.find(caller)), companyName: caller.companyName }),
  );

  app.put(
    address,
    {
      config: { needs: 'owner' },
      schema: {
        summary: 'Say what stands on the papers of the company',
        description: '`revision` is that of the profile as you have read it.',
        tags: ['company'],
        body: Fields.extend({ revision: z.int().min(0) }),
        response: answers('owner', { 200: Profile }, 'invalid', 'read-only', 'changed-meanwhile'),
      },
    },
    async ({ caller, body: { revision, ...fields } }) => {
      const written = await profiles.write(caller, revision, fields);
      return isRefusal(written) ? no(written) : { ...written, companyName: caller.companyName };
    },
  );

  app.get(
    `${address}/logo`,
    {
      config: { needs: 'read' },
      schema: {
        summary: "The company's logo",
        tags: ['company'],
        response: answers(
          'read',
          {
            200: {
              description: 'The picture',
              content: { 'image/png': { schema: bytes }, 'image/jpeg': { schema: bytes } },
            },
            304: z.null().describe('You have it already.'),
          },
          'not-found',
        ),
      },
    },
    async (request, reply) => {
      const logo = await profiles.logo(request.caller);
      if (logo === null) return no('not-found', 'The company has no logo.');
      const etag = `"${logo.etag}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      reply.header('vary', 'cookie, authorization, x-tidemark-company');
      if (request.headers['if-none-match'] === etag) {
        reply.code(304);
        return null;
      }
      reply.header('content-security-policy', "default-src 'none'; sandbox");
      reply.type(logo.type);
      return Buffer.from(logo.bytes);
    },
  );

  app.register(async (scope) => {
    // Small enough to be held: it is looked at as a whole.
    const types = ['application/octet-stream', 'image/png', 'image/jpeg'];
    scope.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit: largestLogo }, (_request, body, done) =>
      done(null, body),
    );
    (scope as App).put(
      `${address}/logo`,
      {
        config: { needs: 'owner' },
        schema: {
          summary: 'Set the logo of the company',
          description:
            'The body is a PNG or a JPEG, by its content, of at most 256 KB and four million pixels.',
          tags: ['company'],
          consumes: types,
          response: answers('owner', { 200: Profile }, 'invalid', 'malformed', 'too-large', 'read-only'),
        },
      },
      async ({ caller, body }) => {
        if (!Buffer.isBuffer(body)) return no('malformed', 'Send the picture as the body.');
        const known = inspectLogo(body);
        if (typeof known === 'string') return no(refusalOf(known));
        return {
          ...(await profiles.setLogo(caller, { type: known.type, bytes: body })),
          companyName: caller.companyName,
        };
      },
    );
  });

  app.delete(
    `${address}/logo`,
    {
      config: { needs: 'owner' },
      schema: {
        summary: 'Take the logo of the company away',
        tags: ['company'],
        response: answers('owner', { 200: Profile }, 'read-only'),
      },
    },
    async ({ caller }) => ({ ...(await profiles.setLogo(caller, null)), companyName: caller.companyName }),
  );
}

function refusalOf(problem: LogoProblem): Refusal {
  switch (problem) {
    case 'too-large':
      return refuse('too-large', 'A logo has at most 256 KB.');
    case 'too-many-pixels':
      return refuse('too-large', 'A logo has at most four million pixels.');
    case 'no-picture':
      return invalid({ logo: 'should be a PNG or a JPEG' });
    case 'broken':
      return invalid({ logo: 'is a picture that cannot be read' });
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return name !== '';
  } catch (fault) {
    if (fault instanceof RangeError) return false;
    throw fault;
  }
}
