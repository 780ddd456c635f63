/** Estimates to make offers of, without a document around them. */
import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import type { State } from '@tidemark/documents/records';
import type { OfferInput } from './offer-of.ts';

type Fields = Readonly<Record<string, string | number | boolean | null | object>>;

interface Said {
  readonly meta?: Fields;
  readonly params?: Fields;
  readonly proposal?: Fields;
  /** By the names of their sections; '' is the place of lines without one. */
  readonly sections?: Readonly<Record<string, readonly Fields[]>>;
  readonly risks?: readonly Fields[];
}

export function viewOf({
  meta = {},
  params = {},
  proposal = {},
  sections = {},
  risks = [],
}: Said): EstimateView {
  const record = (fields: Fields) => new Map(Object.entries(fields));
  const order = (n: number) => `a${String(n).padStart(4, '0')}`;
  const names = Object.keys(sections);
  const groups = names.map((name, n) => [`g${n}`, record({ o: order(n), name })] as const);
  const lines = names.flatMap((name, n) =>
    (sections[name] ?? []).map((fields, m) => {
      const place = { ...(name === '' ? {} : { g: `g${n}` }), o: order(m) };
      return [`l${n}-${m}`, record({ ...place, ...fields })] as const;
    }),
  );
  const state = {
    meta: new Map([['meta', record({ schemaVersion: 1, ...meta })]]),
    params: new Map([['params', record(params)]]),
    proposal: new Map([['proposal', record(proposal)]]),
    groups: new Map(groups.filter((_, n) => names[n] !== '')),
    lines: new Map(lines),
    risks: new Map(risks.map((fields, n) => [`r${n}`, record({ o: order(n), ...fields })] as const)),
  } as unknown as State;
  return estimate.view(state, [], null);
}

/** Quantity and unit cost in whole units. */
export function costs(name: string, quantity: number, unitCost: number, more: Fields = {}): Fields {
  return { name, qty: quantity * 1_000_000, unitCost: unitCost * 10_000, unit: 'sq', ...more };
}

export function inputOf(said: Said, more: Partial<OfferInput> = {}): OfferInput {
  return {
    view: viewOf(said),
    texts: { scope: 'New roof', terms: '' },
    company: {
      name: 'Ridgeline',
      address: '',
      phone: '',
      email: '',
      website: '',
      licence: '',
      accent: '',
      logo: null,
      terms: 'Paid on completion.',
      timeZone: 'America/Denver',
    },
    now: '2026-11-21T03:00:00.000Z',
    ...more,
  };
}
