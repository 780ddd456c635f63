import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { useState } from 'react';
import { useTools } from '../tools/context.ts';
import { definitionsOf, listOf, objectOf } from '../tools/elements.ts';
import { service } from '../tools/services.ts';
import { CellField } from './cell-field.tsx';
import {
  asXml,
  otherExtensions,
  type PropertyRow,
  type PropertyTable,
  preferredPrefix,
  propertyTables,
  tableObject,
} from './extensions.ts';
import { Group } from './group.tsx';
import css from './properties.module.css';
import { create, set, type Target } from './target.ts';

/** What engines and other tools have written into an element. */
export function ExtensionFields({ target }: { target: Target }) {
  const { mayEdit } = useTools();
  const extensions = objectOf(target.object, 'extensionElements');
  const tables = propertyTables(extensions);
  const others = otherExtensions(extensions);
  if (!mayEdit && tables.length === 0 && others.length === 0) return null;
  const prefix = preferredPrefix(definitionsOf(target.object));
  return (
    <Group title="Extensions">
      {tables.map((table, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tables have nothing else that tells them apart
        <Rows key={`${table.prefix} ${index}`} target={target} prefix={table.prefix} table={table} />
      ))}
      {tables.length === 0 && mayEdit && <Rows target={target} prefix={prefix} table={null} />}
      {others.length > 0 && (
        <div>
          <p className={css.note}>Written by other tools, and kept as it is:</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
          <section className={css.tree} tabIndex={0} aria-label="Other extensions">
            <pre>{others.map((each) => asXml(each)).join('\n')}</pre>
          </section>
        </div>
      )}
    </Group>
  );
}

interface RowsProps {
  target: Target;
  prefix: string;
  table: PropertyTable | null;
}

function Rows({ target, prefix, table }: RowsProps) {
  const { mayEdit } = useTools();
  const [adding, setAdding] = useState(false);
  const rows = table?.rows ?? [];
  const write = (next: readonly PropertyRow[]) => writeRows(target, table, prefix, next);
  const change = (index: number, part: Partial<PropertyRow>) =>
    write(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const shown = adding ? [...rows, { name: '', value: '' }] : rows;
  return (
    <div>
      {shown.length > 0 && (
        <table className={css.table} aria-label={`Properties (${prefix})`}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Value</th>
              <th aria-label="Remove" />
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              // Rows have no name of their own that stays while one types it.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={index}>
                <td>
                  <CellField
                    label={`Name ${index + 1}`}
                    value={row.name}
                    focus={index >= rows.length}
                    commit={(name) => {
                      if (index < rows.length) change(index, { name });
                      else if (name !== '') {
                        setAdding(false);
                        write([...rows, { name, value: '' }]);
                      }
                    }}
                  />
                </td>
                <td>
                  <CellField
                    label={`Value ${index + 1}`}
                    value={row.value}
                    commit={(value) => {
                      if (index < rows.length) change(index, { value });
                    }}
                  />
                </td>
                <td>
                  {mayEdit && (
                    <IconButton
                      label={`Remove property ${row.name || index + 1}`}
                      size={28}
                      onClick={() => {
                        if (index >= rows.length) setAdding(false);
                        else write(rows.filter((_, at) => at !== index));
                      }}
                    >
                      <IconX size={15} stroke={1.8} />
                    </IconButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayEdit && !adding && (
        <Button
          className={css.add}
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={2} />}
          onClick={() => setAdding(true)}
        >
          Add property
        </Button>
      )}
    </div>
  );
}

/** Writes a table anew; one without rows goes, and with it extensions that hold nothing else. */
function writeRows(
  target: Target,
  table: PropertyTable | null,
  prefix: string,
  rows: readonly PropertyRow[],
): void {
  const { canvas, object } = target;
  const present = objectOf(object, 'extensionElements');
  const moddle = service(canvas, 'moddle');
  const made =
    rows.length === 0
      ? []
      : [tableObject(prefix, rows, (type, uri, properties) => moddle.createAny(type, uri, properties))];
  if (!present) {
    const extensionElements = create(target, 'bpmn:ExtensionElements', object, { values: made });
    for (const each of made) each.$parent = extensionElements;
    set(target, object, { extensionElements });
    return;
  }
  for (const each of made) each.$parent = present;
  const before = listOf(present, 'values');
  const values = table
    ? before.flatMap((each) => (each === table.object ? made : [each]))
    : [...before, ...made];
  if (values.length === 0) set(target, object, { extensionElements: undefined });
  else set(target, present, { values });
}
