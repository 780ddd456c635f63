import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { defaultBinDays } from './bin/bin.ts';

/** What the environment says, checked. See the table in the README. */
export interface Config {
  readonly host: string;
  /** 0 asks the system for a free port. */
  readonly port: number;
  readonly dataDir: string;
  /** Null: the embedded Postgres in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: Postgres carries the messages between processes. */
  readonly busUrl: string | null;
  /** Null: derived from each request's Host. */
  readonly publicUrl: URL | null;
  /** Null: made once and kept in `dataDir`. */
  readonly secret: string | null;
  /** Days after which what is in the bin is deleted for good. */
  readonly binDays: number;
  /** Hour of the day, UTC, in which nightly versions are made and old detail is thinned. */
  readonly nightHour: number;
  /** Seconds between two looks for history that waits to be packed; the first comes sooner. */
  readonly archiveSeconds: number;
  readonly logLevel: LogLevel;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A start that cannot go on; the message is one sentence that says what to do. */
export class StartRefusal extends Error {
  override name = 'StartRefusal';
}

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));

/** Each variable with what it should be, as the sentence says it. */
const variables = {
  HOST: { schema: z.string().regex(/^[\w.:-]+$/), shouldBe: 'an address or host name, such as 127.0.0.1' },
  PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .refine((text) => Number(text) <= 65_535),
    shouldBe: 'a number from 0 to 65535 (0: any free port)',
  },
  DATA_DIR: { schema: z.string().min(1), shouldBe: 'a directory that the server may write to' },
  DATABASE_URL: {
    // Not every such string is a URL to the letter: a socket's has credentials and no host.
    schema: z.string().regex(/^postgres(ql)?:\/\/\S+$/),
    shouldBe: 'a Postgres connection string, such as postgres://user:password@host:5432/database',
  },
  BUS_URL: {
    schema: url(['redis:', 'rediss:']).refine((text) => new URL(text).hostname !== ''),
    shouldBe:
      'the address of a Redis or Valkey, such as redis://host:6379 or rediss://user:password@host:6379',
  },
  PUBLIC_URL: {
    schema: url(['http:', 'https:']).refine((text) => /^[^/]+\/\/[^/?#]+\/?$/.test(text)),
    shouldBe: 'the address people open, such as https://tidemark.example.com, without a path',
  },
  TIDEMARK_SECRET: { schema: z.string().min(32), shouldBe: 'at least 32 characters that nobody can guess' },
  BIN_DAYS: {
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .refine((text) => Number(text) >= 1 && Number(text) <= 3_650),
    shouldBe: 'a number of days from 1 to 3650',
  },
  NIGHT_HOUR: {
    schema: z.string().regex(/^([01]?\d|2[0-3])$/),
    shouldBe: 'an hour of the day in UTC, from 0 to 23',
  },
  ARCHIVE_SECONDS: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .refine((text) => Number(text) >= 1 && Number(text) <= 86_400),
    shouldBe: 'a number of seconds from 1 to 86400',
  },
  LOG_LEVEL: { schema: z.enum(logLevels), shouldBe: `one of ${logLevels.join(', ')}` },
} as const;

/** Secrets and connection strings are not repeated on the screen. */
const secrets: ReadonlySet<string> = new Set(['DATABASE_URL', 'BUS_URL', 'TIDEMARK_SECRET']);

/** Named by the contract, not served yet: refused rather than ignored. */
const notServed = {
  S3_ENDPOINT: 'files are kept in DATA_DIR',
  S3_BUCKET: 'files are kept in DATA_DIR',
  S3_REGION: 'files are kept in DATA_DIR',
  S3_ACCESS_KEY_ID: 'files are kept in DATA_DIR',
  S3_SECRET_ACCESS_KEY: 'files are kept in DATA_DIR',
} as const;

/** An empty variable counts as unset. Throws a `StartRefusal` that names the first wrong variable. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  for (const [name, instead] of Object.entries(notServed)) {
    if (environment[name]) {
      throw new StartRefusal(
        `${name} is set, but this version of Tidemark does not serve it yet (${instead}): unset it.`,
      );
    }
  }
  const read = (name: keyof typeof variables): string | null => {
    const value = environment[name];
    if (value === undefined || value === '') return null;
    const { schema, shouldBe } = variables[name];
    if (schema.safeParse(value).success) return value;
    const shown = secrets.has(name) ? 'wrong' : `"${value}"`;
    throw new StartRefusal(`${name} is ${shown}, but it should be ${shouldBe}.`);
  };
  const publicUrl = read('PUBLIC_URL');
  return {
    host: read('HOST') ?? '127.0.0.1',
    port: Number(read('PORT') ?? 3000),
    dataDir: read('DATA_DIR') ?? fileURLToPath(new URL('../../../.tidemark', import.meta.url)),
    databaseUrl: read('DATABASE_URL'),
    busUrl: read('BUS_URL'),
    publicUrl: publicUrl === null ? null : new URL(publicUrl),
    secret: read('TIDEMARK_SECRET'),
    binDays: Number(read('BIN_DAYS') ?? defaultBinDays),
    nightHour: Number(read('NIGHT_HOUR') ?? 3),
    archiveSeconds: Number(read('ARCHIVE_SECONDS') ?? 3_600),
    logLevel: (read('LOG_LEVEL') ?? 'info') as LogLevel,
  };
}
