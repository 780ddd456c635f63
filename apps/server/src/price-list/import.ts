import { randomUUID } from 'node:crypto';
import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { type Refusal, refuse } from '@tidemark/protocol';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { codeTaken, isSameCode, updateItem } from './items.ts';
import { type ImportedRow, ItemFields } from './shapes.ts';

/** Rows of one import: as many as a sheet may have that is read. */
export const mostRows = 20_000;
/** Items of one company, archived ones too. */
const mostItems = 100_000;
const rowsPerStatement = 500;

type Field = keyof ItemFields;
const fields = Object.keys(ItemFields.shape) as readonly Field[];
type Fields = Partial<ItemFields>;
type Standing = ItemFields & { readonly id: string };

/** Takes a list of prices over into the company's own: what is new is added, what is known is changed. */
export interface Imports {
  /**
   * A verdict for each row, in order. A row is of the item with its code; if there is none, of the one with its name and unit. What is
   * invalid is left out, and said. With `preview` nothing is written. `currency` is that of rows which name none.
   */
  run(
    reader: Reader,
    list: { rows: readonly Record<string, unknown>[]; currency: string; preview: boolean },
  ): Promise<readonly ImportedRow[] | Refusal>;
}

export function createImports({ app }: Pick<Database, 'app'>): Imports {
  return {
    async run(reader, { rows, currency, preview }) {
      const take = async (tx: TenantTransaction) => {
        if (!preview) await takeTurn(tx, reader.tenant.companyId);
        const shelf = sortedIn(await standing(tx));
        const verdicts = rows.map((row, place) => judge({ currency, ...row }, place, shelf));
        if (preview) return verdicts;
        const added = verdicts.filter(({ fate }) => fate === 'added');
        if (added.length > 0 && (await total(tx)) + added.length > mostItems)
          return refuse('too-large', `A price list has at most ${mostItems} items.`);
        // Changes first: one may give up the code that a new item is to have.
        for (const { fate, id, after } of verdicts) {
          if (fate === 'changed' && id !== null) await updateItem(tx, reader, id, after as Fields);
        }
        await insertAll(
          tx,
          reader,
          added.map(({ id, after }) => ({ ...(after as ItemFields), id: id ?? randomUUID() })),
        );
        return verdicts;
      };
      try {
        return await inTenant(app, reader.tenant, take);
      } catch (error) {
        // Somebody added one meanwhile, or the database has other capitals than JavaScript (Greek, Turkish).
        if (isSameCode(error)) return codeTaken();
        throw error;
      }
    },
  };
}

/** One import at a time in a company, or two of the same list would add everything twice. */
export async function takeTurn(tx: TenantTransaction, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`price-list ${companyId}`}, 0))`.execute(tx);
}

async function standing(tx: TenantTransaction): Promise<Standing[]> {
  return tx
    .selectFrom('price_items')
    .select(['id', 'code', 'name', 'unit', 'unit_cost as unitCost', 'currency', 'kind'])
    .select(['waste_bp as wasteBp', 'category', 'note'])
    .where('archived_at', 'is', null)
    .execute();
}

async function total(tx: TenantTransaction): Promise<number> {
  const { count } = await tx
    .selectFrom('price_items')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function insertAll(
  tx: TenantTransaction,
  { tenant }: Pick<Reader, 'tenant'>,
  items: readonly Standing[],
): Promise<void> {
  const values = items.map(({ unitCost, wasteBp, ...item }) => ({
    ...item,
    unit_cost: unitCost,
    waste_bp: wasteBp,
    company_id: tenant.companyId,
    created_by: tenant.userId,
    updated_by: tenant.userId,
  }));
  for (let i = 0; i < values.length; i += rowsPerStatement) {
    await tx
      .insertInto('price_items')
      .values(values.slice(i, i + rowsPerStatement))
      .execute();
  }
}

interface Shelf {
  readonly byCode: ReadonlyMap<string, Standing>;
  readonly byName: ReadonlyMap<string, readonly Standing[]>;
  /** Items, codes and names that a row before was of, and which row. */
  readonly taken: Map<string, number>;
}

function sortedIn(items: readonly Standing[]): Shelf {
  return {
    byCode: new Map(items.filter(({ code }) => code !== '').map((item) => [codeKey(item.code), item])),
    byName: Map.groupBy(items, nameKey),
    taken: new Map(),
  };
}

const codeKey = (code: string) => code.toLowerCase();
const nameKey = ({ name, unit }: { name: string; unit: string }) =>
  `${name.toLowerCase()}\n${unit.toLowerCase()}`;

function judge(row: Record<string, unknown>, place: number, shelf: Shelf): ImportedRow {
  const { read, problems } = readRow(row);
  const nothing = { row: place, id: null, before: {}, after: {}, problems };
  const item = Object.keys(problems).length === 0 ? itemOfRow(read, shelf, problems) : null;
  if (item === null && Object.keys(problems).length === 0) {
    for (const field of ['name', 'unitCost'] as const) {
      if (read[field] === undefined) problems[field] = 'is needed for a new item';
    }
  }
  if (Object.keys(problems).length > 0) return { ...nothing, fate: 'invalid' };
  claim(item, read, place, shelf, problems);
  if (Object.keys(problems).length > 0) return { ...nothing, fate: 'invalid' };
  if (item === null) return { ...nothing, fate: 'added', id: randomUUID(), after: { ...blank, ...read } };
  const changed = fields.filter((field) => read[field] !== undefined && read[field] !== item[field]);
  return {
    ...nothing,
    fate: changed.length > 0 ? 'changed' : 'same',
    id: item.id,
    before: Object.fromEntries(changed.map((field) => [field, item[field]])),
    after: Object.fromEntries(changed.map((field) => [field, read[field] ?? item[field]])),
  };
}

const blank = { code: '', unit: '', kind: 'mat', wasteBp: 0, category: '', note: '' } as const;

/** The fields that the row has, each by itself, so that everything that is wrong with it is said at once. */
function readRow(row: Record<string, unknown>): { read: Fields; problems: Record<string, string> } {
  const read: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const [field, value] of Object.entries(row)) {
    if (!isField(field)) {
      problems[field] = 'is no field of an item';
      continue;
    }
    if (value === undefined || value === null) continue;
    const parsed = ItemFields.shape[field].safeParse(value);
    if (parsed.success) read[field] = parsed.data;
    else problems[field] = parsed.error.issues[0]?.message ?? 'is wrong';
  }
  return { read, problems };
}

function isField(field: string): field is Field {
  return (fields as readonly string[]).includes(field);
}

/** The item that a row is of; null for a new one. Says so when it could be several. */
function itemOfRow(
  read: Fields,
  { byCode, byName }: Shelf,
  problems: Record<string, string>,
): Standing | null {
  const code = read.code ?? '';
  const coded = code === '' ? undefined : byCode.get(codeKey(code));
  if (coded) return coded;
  if (read.name === undefined) return null;
  const called = byName.get(nameKey({ name: read.name, unit: read.unit ?? '' })) ?? [];
  // One with a code of its own is another item than a row with another code.
  const fit = code === '' ? called : called.filter((item) => item.code === '');
  if (fit.length > 1) problems.name = 'is that of several items; a code says which one';
  return fit.length === 1 ? (fit[0] ?? null) : null;
}

/** Two rows of one list are never of one item. */
function claim(
  item: Standing | null,
  read: Fields,
  place: number,
  { taken }: Shelf,
  problems: Record<string, string>,
): void {
  const code = read.code ?? item?.code ?? '';
  const keys = [
    ...(item === null ? [] : [`item ${item.id}`]),
    ...(code === ''
      ? [`name ${nameKey({ name: read.name ?? item?.name ?? '', unit: read.unit ?? item?.unit ?? '' })}`]
      : [`code ${codeKey(code)}`]),
  ];
  const first = keys.map((key) => taken.get(key)).find((other) => other !== undefined);
  if (first !== undefined) problems[code === '' ? 'name' : 'code'] = `is that of row ${first + 1} too`;
  else for (const key of keys) taken.set(key, place);
}
