import { Table } from '@tidemark/ui';
import type { Assembly } from '../api/price-list.ts';
import { countOf } from '../shell/sizes.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { unitPriceText } from './assembly-price.ts';
import { perUnit } from './field-text.ts';
import css from './price-table.module.css';

interface Props {
  assemblies: readonly Assembly[];
  chosen: string | null;
  onOpen: (assembly: Assembly) => void;
}

/** What the company builds again and again, a row each, with what one unit of it costs now. */
export function AssembliesTable({ assemblies, chosen, onOpen }: Props) {
  return (
    <Table aria-label="Assemblies">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" data-wide>
            Category
          </th>
          <th scope="col" data-wide>
            Parts
          </th>
          <th scope="col" data-number>
            Cost of one
          </th>
          <th scope="col" data-wide>
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {assemblies.map((assembly) => (
          <tr key={assembly.id} data-link data-chosen={assembly.id === chosen || undefined}>
            <th scope="row">
              <button type="button" data-opens onClick={() => onOpen(assembly)}>
                {assembly.name}
              </button>
              {assembly.description !== '' && (
                <span data-sub data-wide>
                  {assembly.description}
                </span>
              )}
              <span data-narrow>
                {[assembly.category, countOf(assembly.components.length, 'part')].filter(Boolean).join(' · ')}
              </span>
            </th>
            <td data-wide className={css.soft}>
              {assembly.category}
            </td>
            <td data-wide className={css.soft}>
              {assembly.components.length}
            </td>
            <td data-number>
              {unitPriceText(assembly)}
              <span data-sub>{perUnit(assembly.unit)}</span>
            </td>
            <td data-wide className={css.soft}>
              <time dateTime={assembly.updatedAt} title={timeInFull(assembly.updatedAt)}>
                {timeAgo(assembly.updatedAt)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
