import { familyOf, readFields } from '../records/fields.ts';
import type { Report } from '../records/finding.ts';
import { isObject, type Json } from '../records/json.ts';
import type { RecordState } from '../records/state.ts';
import {
  type Column,
  type ColumnType,
  columnTypes,
  datasetRegisters,
  overrideRegister,
  readFormat,
} from './schema.ts';

export interface DatasetColumn extends Column {
  /** What inference said; `type` is what counts now. */
  readonly inferred: ColumnType;
  /** What people see; the column's name unless somebody chose another. */
  readonly label: string;
}

/** A table inside the dashboard, by reference: the rows are in the file. */
export interface DatasetView {
  readonly id: string;
  readonly fileId: string | null;
  readonly sha256: string | null;
  readonly name: string;
  readonly delimiter: string;
  readonly encoding: string;
  /** Data rows in the file, without the header. */
  readonly rows: number;
  readonly columns: readonly DatasetColumn[];
}

export function readDataset(id: string, record: RecordState, report: Report): DatasetView {
  const fields = readFields(record, datasetRegisters, { collection: 'datasets', id, report });
  const overrides = new Map(familyOf(record, 'col:'));
  return {
    id,
    fileId: fields.fileId,
    sha256: fields.sha256,
    name: fields.name,
    delimiter: fields.delimiter,
    encoding: fields.encoding,
    rows: fields.rows,
    columns: fields.columns.flatMap((raw) => readColumn(raw, overrides) ?? []),
  };
}

function readColumn(raw: Json, overrides: ReadonlyMap<string, Json>): DatasetColumn | null {
  if (!isObject(raw) || typeof raw.name !== 'string') return null;
  const inferred = columnTypes.find((type) => type === raw.type) ?? 'text';
  const override = overrideRegister.read(overrides.get(raw.name) ?? null);
  return {
    name: raw.name,
    inferred,
    type: override?.type ?? inferred,
    label: override?.label ?? raw.name,
    format: override?.format ?? readFormat(raw.format),
  };
}
