import { randomUUID } from 'node:crypto';
import { type Database, inTenant } from '@tidemark/database';
import { type Refusal, refuse } from '@tidemark/protocol';
import type { Reader } from '../company/reader.ts';
import { insertAssembly } from './assemblies.ts';
import { insertAll, takeTurn } from './import.ts';
import { sampleAssemblies, sampleItems } from './sample-list.ts';

/** Fills an empty price list with a roofer's sample prices and assemblies. `already-exists`: it is not empty. */
export async function fillWithSamples(
  { app }: Pick<Database, 'app'>,
  reader: Reader,
): Promise<{ items: number; assemblies: number } | Refusal> {
  return inTenant(app, reader.tenant, async (tx) => {
    await takeTurn(tx, reader.tenant.companyId);
    for (const table of ['price_items', 'assemblies'] as const) {
      const one = await tx.selectFrom(table).select('id').limit(1).executeTakeFirst();
      if (one) return refuse('already-exists', 'The price list is not empty.');
    }
    const items = sampleItems.map((item) => ({ ...item, id: randomUUID() }));
    const idOf = new Map(items.map(({ code, id }) => [code, id]));
    await insertAll(tx, reader, items);
    for (const { components, ...assembly } of sampleAssemblies) {
      const made = await insertAssembly(tx, reader, {
        ...assembly,
        components: components.map(([code, quantity, whole]) => ({
          id: randomUUID(),
          itemId: idOf.get(code) ?? null,
          line: null,
          quantity: Math.round(quantity * 1_000_000),
          wasteBp: null,
          wholeUnits: whole === 'whole',
        })),
      });
      // Thrown, so that nothing of it stays.
      if (typeof made !== 'string') throw new Error(`A sample assembly is wrong: ${made.detail}`);
    }
    return { items: items.length, assemblies: sampleAssemblies.length };
  });
}
