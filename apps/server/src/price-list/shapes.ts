import * as z from 'zod';
import { text } from '../http/text.ts';

export const Id = z.object({ id: z.uuid() });
const Kind = z.enum(['mat', 'lab', 'equip', 'sub', 'other']);
/** Ten-thousandths of the currency's unit; below 2^53 either way, so that JSON carries it exactly. */
const Cost = z.int().describe("Ten-thousandths of the currency's unit: 12.3456 is 123456.");
const Currency = z.string().regex(/^[A-Z]{3}$/, 'is three capital letters, such as USD');
const Waste = z.int().min(0).max(100_000).describe('Basis points: 1000 is 10 %.');
const Revision = z.int().min(1).describe('Counts the changes.');

/** Everything that a person can write into an item. */
export const ItemFields = z.object({
  code: text(100).describe("Unique in the company, whatever its capitals; '' is none."),
  name: text(500).min(1),
  unit: text(40),
  unitCost: Cost,
  currency: Currency,
  kind: Kind,
  wasteBp: Waste,
  category: text(200),
  note: text(2_000),
});
export type ItemFields = z.infer<typeof ItemFields>;

/** Some of the fields. */
export type Some<T> = { readonly [Field in keyof T]?: T[Field] | undefined };

export const NewItem = ItemFields.partial().required({ name: true, unitCost: true, currency: true });

const Person = z.object({ id: z.string(), name: z.string() });

export const Item = ItemFields.extend({
  id: z.string(),
  revision: Revision,
  updatedAt: z.iso.datetime(),
  updatedBy: Person.nullable(),
  archivedAt: z.iso.datetime().nullable().describe('Since when it is no longer offered.'),
}).meta({ id: 'PriceItem' });
export type Item = z.infer<typeof Item>;

/** What must be known to change it: which state of it the caller has seen. */
export const Seen = z.object({
  revision: Revision.describe('Of what you have read; another one is a conflict.'),
});

export const PriceChange = z.object({
  id: z.string(),
  from: z.object({ unitCost: Cost, currency: z.string() }).nullable().describe('Null: its first price.'),
  to: z.object({ unitCost: Cost, currency: z.string() }),
  at: z.iso.datetime(),
  by: Person.nullable(),
});
export type PriceChange = z.infer<typeof PriceChange>;

/** A line of an assembly that stands in no price list. */
export const OwnLine = ItemFields.pick({
  code: true,
  name: true,
  unit: true,
  unitCost: true,
  currency: true,
  kind: true,
});

export const ComponentFields = z
  .object({
    id: text(100).min(1).describe('Its own, unique in the assembly.'),
    itemId: z.uuid().nullable().describe('An item of the price list, or null and `line`.'),
    line: OwnLine.nullable(),
    quantity: z
      .int()
      .min(0)
      .describe('Of it in one unit of the assembly, in millionths: 3 bundles a square are 3000000.'),
    wasteBp: Waste.nullable().describe("Null: the item's own."),
    wholeUnits: z.boolean().describe('Only whole ones can be bought: waste included, it is rounded up.'),
  })
  .refine(
    ({ itemId, line }) => (itemId === null) !== (line === null),
    'is either an item or a line of its own',
  );
export type ComponentFields = z.infer<typeof ComponentFields>;

export const AssemblyFields = z.object({
  name: text(500).min(1),
  unit: text(40),
  category: text(200),
  description: text(2_000),
  components: z
    .array(ComponentFields)
    .max(200)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'name one component twice'),
});
export type AssemblyFields = z.infer<typeof AssemblyFields>;

export const NewAssembly = AssemblyFields.partial().required({ name: true });

export const Component = z.object({
  id: z.string(),
  itemId: z.string().nullable(),
  item: Item.nullable().describe('As it is in the price list now, archived or not.'),
  line: OwnLine.nullable(),
  quantity: z.int(),
  wasteBp: Waste.nullable(),
  wholeUnits: z.boolean(),
});

export const Assembly = z
  .object({
    id: z.string(),
    name: z.string(),
    unit: z.string(),
    category: z.string(),
    description: z.string(),
    components: z.array(Component),
    revision: Revision,
    updatedAt: z.iso.datetime(),
    updatedBy: Person.nullable(),
    archivedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Assembly' });
export type Assembly = z.infer<typeof Assembly>;

const listing = {
  q: z.string().max(200).optional().describe('Words of code, name, category or note.'),
  category: z.string().max(200).optional(),
  archived: z.stringbool().default(false).describe('Those that are no longer offered instead.'),
  cursor: z.string().max(2_000).optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

export const ItemListing = z.object({
  ...listing,
  kind: Kind.optional(),
  sort: z
    .enum(['best', 'name', 'code', 'category', 'unitCost', 'updatedAt'])
    .default('name')
    .describe('`best`: what begins with `q` first.'),
  order: z.enum(['asc', 'desc']).default('asc'),
});
export const AssemblyListing = z.object(listing);

/** One row of a list to be taken over. What a row does not have stays as it is in the item that it changes. */
export const ImportRow = z.record(z.string().max(50), z.unknown());

export const ImportedRow = z.object({
  row: z.int().describe('Its place in what was sent, from 0.'),
  fate: z.enum(['added', 'changed', 'same', 'invalid']),
  id: z.string().nullable().describe('The item that it is or was found to be.'),
  before: z.record(z.string(), z.union([z.string(), z.int()])).describe('Of what changes: as it was.'),
  after: z.record(z.string(), z.union([z.string(), z.int()])).describe('Of what changes: as the row has it.'),
  problems: z.record(z.string(), z.string()).describe('Field → what is wrong with it.'),
});
export type ImportedRow = z.infer<typeof ImportedRow>;
