import { type EstimateInput, fillEstimate } from '@tidemark/documents/estimate';
import type { Page } from 'playwright-core';
import { answer, type Person, syncUrl } from './people.ts';
import { Writer } from './writer.ts';

/** A new estimate in the company's space, with what is in `input`. Resolves when all of it is stored. */
export async function createEstimate(
  origin: string,
  person: Person,
  title: string,
  input?: EstimateInput,
): Promise<string> {
  const made = person.call(origin, 'POST', '/api/documents', { kind: 'estimate', title });
  const { id } = await answer<{ id: string }>(made, 201);
  if (input === undefined) return id;
  const writer = new Writer(await syncUrl(origin, person, id), 'filler');
  await writer.untilLive();
  const findings = fillEstimate(writer.doc, input);
  if (findings.length > 0) throw new Error(`the estimate does not fit: ${JSON.stringify(findings)}`);
  await writer.until(() => writer.settledFrames >= writer.sent);
  writer.close();
  return id;
}

/** Opens an estimate and waits until the editor is there. */
export async function openEstimate(page: Page, documentId: string): Promise<void> {
  await page.goto(`/d/${documentId}`);
  await page.getByRole('tablist', { name: 'Views' }).waitFor();
}

/** A roof in three sections: 11 lines, one of them optional, two risks. It bids $30,964.86. */
export const roof: EstimateInput = {
  meta: {
    client: 'Hartmann Property Group',
    clientAddress: '14 Mill Lane\nBoston, MA 02118',
    site: 'Building C, 88 Harbor Street',
    number: '2026-014',
    preparedBy: 'Ana Diaz',
  },
  params: { targetBp: 1500, overheadBp: 800, contingencyBp: 500, taxBp: 625 },
  sections: [
    {
      id: 'off',
      name: 'Tear-off and disposal',
      lines: [
        line('Remove existing shingles, two layers', 42.5, 'SQ', 68, 'lab'),
        line('Dumpster 30 yd', 2, 'ea', 585, 'equip'),
        line('Landfill fees', 18, 't', 92, 'other'),
      ],
    },
    {
      id: 'on',
      name: 'Roofing',
      lines: [
        line('Architectural shingles', 42.5, 'SQ', 124.5, 'mat', { wasteBp: 1000 }),
        line('Synthetic underlayment', 42.5, 'SQ', 18.5, 'mat', { wasteBp: 500 }),
        line('Ice and water shield', 8, 'SQ', 89, 'mat', { wasteBp: 500 }),
        line('Install shingles', 42.5, 'SQ', 95, 'lab'),
        line('Ridge vent', 120, 'LF', 6.25, 'mat', { wasteBp: 300, optional: true }),
      ],
    },
    {
      id: 'edge',
      name: 'Flashing and gutters',
      lines: [
        line('Step flashing', 180, 'LF', 4.8, 'mat', { wasteBp: 500 }),
        line('Seamless gutters, installed', 260, 'LF', 11.8, 'sub'),
        line('Chimney counter-flashing', 2, 'ea', 450, 'sub'),
      ],
    },
  ],
  risks: [
    { title: 'Rotten decking', category: 'Structure', probBp: 4000, low: 8_000_000, high: 45_000_000 },
    { title: 'Weather delay', category: 'Weather', probBp: 3000, low: 5_000_000, high: 20_000_000 },
  ],
  scope: 'Tear off the roof of Building C and install a new one.',
};

/** A line by its quantity and its unit cost in whole units of each. */
function line(name: string, qty: number, unit: string, cost: number, kind: string, more: object = {}) {
  return {
    id: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    name,
    qty: Math.round(qty * 1_000_000),
    unit,
    unitCost: Math.round(cost * 10_000),
    kind,
    ...more,
  };
}
