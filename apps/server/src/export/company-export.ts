import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Database, inTenant } from '@tidemark/database';
import type { ObjectStore } from '@tidemark/files';
import type { Members } from '../company/members.ts';
import type { Caller } from '../http/caller.ts';
import type { ArchiveEntry } from './archive.ts';
import { documentEntries, json, lines, whole } from './document-export.ts';
import type { ExportThreads } from './export-threads.ts';
import { type Line, rowsOf } from './rows.ts';

export interface CompanyExport {
  readonly database: Pick<Database, 'app' | 'history'>;
  readonly store: Pick<ObjectStore, 'open'>;
  readonly members: Pick<Members, 'list'>;
  readonly threads: ExportThreads;
}

/** What of the caller an export needs. */
type Exporter = Pick<Caller, 'tenant' | 'companyId' | 'companyName' | 'role' | 'user'>;

export const exportFormat = 'tidemark.company/2';

/**
 * A company in full, as files (docs/export.md): what it shares, what is in the caller's own space, and what is in spaces whose person is gone.
 * What others have in their own spaces is theirs, and is counted. The manifest comes last: with it, an archive is known to be whole.
 */
export async function* companyEntries(
  { database, store, members, threads }: CompanyExport,
  caller: Exporter,
): AsyncGenerator<ArchiveEntry> {
  const { tenant } = caller;
  const rows = (table: Parameters<typeof rowsOf>[2]) => rowsOf(database, tenant, table);
  const begun = new Date().toISOString();
  const spaces: Line[] = [];
  for await (const space of rows('spaces')) spaces.push(space);
  const writers: Line[] = [];
  for await (const { userId, name } of rows('history_writers')) writers.push({ id: userId, name });
  const taken = new Set(
    spaces
      .filter(({ kind, ownerId }) => kind === 'company' || ownerId === null || ownerId === tenant.userId)
      .map(({ id }) => id),
  );
  const { logo, ...profile } = await profileOf(database, caller);
  yield json('company.json', {
    company: { id: caller.companyId, name: caller.companyName },
    profile,
    spaces: spaces.filter(({ id }) => taken.has(id)),
    people: await members.list(caller),
    writers,
  });
  if (logo !== null) yield whole(`logo.${profile.logoType === 'image/png' ? 'png' : 'jpg'}`, logo);
  yield lines('prices.ndjson', rows('price_items'));
  yield lines('price-changes.ndjson', rows('price_changes'));
  yield lines('assemblies.ndjson', rows('assemblies'));

  const objects = new Set<string>();
  const documents: Line[] = [];
  const broken: Line[] = [];
  let elsewhere = 0;
  for await (const row of rows('documents')) {
    if (!taken.has(row.spaceId)) {
      elsewhere += 1;
      continue;
    }
    const folder = `documents/${String(row.id)}`;
    const referred: string[] = [];
    const world = { database, threads, tenant, refers: (sha256: string) => void referred.push(sha256) };
    const outcome = yield* documentEntries(world, row, folder);
    if (outcome === 'broken') broken.push({ id: row.id, folder });
    if (outcome !== 'whole') continue;
    documents.push({ id: row.id, kind: row.kind, title: row.title, folder });
    for (const sha256 of referred) objects.add(sha256);
  }

  const missing: string[] = [];
  for (const sha256 of objects) {
    const object = await store.open(sha256);
    if (object === null) {
      missing.push(sha256);
      continue;
    }
    const { stream, encoding } = object;
    const content = encoding === 'gzip' ? unzipped(stream) : stream;
    // What did not shrink in the store does not shrink here.
    yield { path: `objects/${sha256}`, content, compress: encoding === 'gzip' };
  }
  yield json('manifest.json', {
    format: exportFormat,
    begun,
    ended: new Date().toISOString(),
    by: { id: caller.user.id, name: caller.user.name },
    company: { id: caller.companyId, name: caller.companyName },
    documents,
    broken,
    objects: objects.size - missing.length,
    leftOut: { documentsInOthersOwnSpaces: elsewhere },
    missing: { objects: missing },
  });
}

/** The end of either is the end of both, and a fault of the store is a fault of what it gives. */
export function unzipped(stream: Readable): Readable {
  const plain = createGunzip();
  pipeline(stream, plain, () => undefined);
  return plain;
}

async function profileOf({ app }: Pick<Database, 'app'>, { tenant }: Exporter) {
  const row = await inTenant(app, tenant, (tx) =>
    tx.selectFrom('company_profiles').selectAll().executeTakeFirst(),
  );
  return {
    logo: row?.logo ?? null,
    logoType: row?.logo_type ?? null,
    name: row?.name ?? '',
    address: row?.address ?? '',
    phone: row?.phone ?? '',
    email: row?.email ?? '',
    website: row?.website ?? '',
    licence: row?.licence ?? '',
    terms: row?.terms ?? '',
    accent: row?.accent ?? '',
    timeZone: row?.time_zone ?? '',
  };
}
