import { isObject, type Json } from '../records/json.ts';
import { type Register, reference } from '../records/register.ts';
import { momentOf, tidyText, whole } from './registers.ts';

/** Registers that hold several things of which halves make no sense. */

export const statuses = ['draft', 'submitted', 'won', 'lost'] as const;
export type StatusName = (typeof statuses)[number];

/** Where an estimate stands in its life; the server writes it, after the version that it names was stored. */
export type Status = {
  readonly is: StatusName;
  /** ISO 8601, UTC; '' for a draft that was never submitted. */
  readonly at: string;
  readonly by: string | null;
  readonly byName: string;
  /** The frozen version that it stands for. */
  readonly versionId: string | null;
  readonly number: number | null;
};

/** The frozen version of another document that this one began with. */
export type Parent = {
  readonly documentId: string;
  readonly versionId: string;
  readonly number: number | null;
  readonly note: string;
};

/** Who applied a mitigation, and when. */
export type Applied = {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string | null;
};

const draft: Status = { is: 'draft', at: '', by: null, byName: '', versionId: null, number: null };

export const status: Register<Status> = {
  fallback: draft,
  read: (raw) => {
    if (!isObject(raw)) return undefined;
    const is = statuses.find((known) => known === raw.is);
    if (is === undefined) return undefined;
    return {
      is,
      at: momentOf(raw.at),
      by: nameIn(raw.by),
      byName: textIn(raw.byName),
      versionId: nameIn(raw.versionId),
      number: numberIn(raw.number),
    };
  },
};

export const parent: Register<Parent | null> = {
  fallback: null,
  read: (raw) => {
    if (!isObject(raw)) return undefined;
    const documentId = nameIn(raw.documentId);
    const versionId = nameIn(raw.versionId);
    if (documentId === null || versionId === null) return undefined;
    return { documentId, versionId, number: numberIn(raw.number), note: textIn(raw.note) };
  },
};

export const applied: Register<Applied | null> = {
  fallback: null,
  read: (raw) => (isObject(raw) ? { at: momentOf(raw.at), by: nameIn(raw.by) } : undefined),
};

const name = reference();
const text = tidyText(10_000);
const number = whole(0, 0, 1_000_000_000);

function nameIn(raw: Json | undefined): string | null {
  return raw === undefined ? null : (name.read(raw) ?? null);
}

function textIn(raw: Json | undefined): string {
  return raw === undefined ? '' : (text.read(raw) ?? '');
}

function numberIn(raw: Json | undefined): number | null {
  return raw === undefined ? null : (number.read(raw) ?? null);
}
