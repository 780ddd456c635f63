import type { Finding, Report } from './finding.ts';
import type { RecordState } from './state.ts';

/** Reads one record; pure, so what it once gave for a record can be given again. */
export type Read<T> = (id: string, record: RecordState, report: Report) => T;

export interface Remembered<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
}

/** Reader → record → what it gave. A record's state is never changed, only replaced, so this can't go stale. */
const memory = new WeakMap<Read<unknown>, WeakMap<RecordState, Remembered<unknown>>>();

export function remember<T>(read: Read<T>, id: string, record: RecordState): Remembered<T> {
  let records = memory.get(read);
  if (records === undefined) {
    records = new WeakMap();
    memory.set(read, records);
  }
  const known = records.get(record);
  if (known !== undefined) return known as Remembered<T>;
  const findings: Finding[] = [];
  const fresh = { value: read(id, record, (finding) => findings.push(finding)), findings };
  records.set(record, fresh);
  return fresh;
}
