import { IconChevronRight } from '@tabler/icons-react';
import { formatMoney } from '@tidemark/estimating';
import { Table } from '@tidemark/ui';
import { Fragment, useId, useState } from 'react';
import type { CategoryPattern } from '../api/patterns.ts';
import { CasesList } from './cases-list.tsx';
import css from './past-table.module.css';
import { categoryName, percent } from './past-words.ts';
import { filterOf, type PastSearch } from './search.ts';

interface Props {
  categories: readonly CategoryPattern[];
  currency: string;
  search: PastSearch;
}

/** The numbers of each category; a row opens to the projects that they come from. */
export function CategoriesTable({ categories, currency, search }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const id = useId();
  return (
    <Table aria-label="Risks by category">
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col" data-number data-wide>
            Projects
          </th>
          <th scope="col" data-number>
            Struck
          </th>
          <th scope="col" data-number>
            Rate
          </th>
          <th scope="col" data-number data-wide>
            Estimated
          </th>
          <th scope="col" data-number>
            Suggested
          </th>
          <th scope="col" data-number data-wide>
            Impact, estimated
          </th>
          <th scope="col" data-number data-wide>
            Actual
          </th>
        </tr>
      </thead>
      <tbody>
        {categories.map((pattern) => {
          const { category, projects, struck, decided, rateBp, interval } = pattern;
          const opened = open === category;
          return (
            <Fragment key={category}>
              <tr data-link data-chosen={opened || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    data-opens
                    className={css.open}
                    aria-expanded={opened}
                    aria-controls={opened ? id : undefined}
                    onClick={() => setOpen(opened ? null : category)}
                  >
                    <IconChevronRight size={15} stroke={2} aria-hidden className={css.chevron} />
                    {categoryName(category)}
                  </button>
                </th>
                <td data-number data-wide>
                  {projects}
                </td>
                <td data-number>
                  {decided === 0 ? <span className={css.soft}>–</span> : `${struck} of ${decided}`}
                </td>
                <td data-number>
                  {rateBp === null ? <span className={css.soft}>–</span> : percent(rateBp)}
                  {rateBp !== null && (
                    <span data-sub>
                      {percent(interval.low)}–{percent(interval.high)}
                    </span>
                  )}
                </td>
                <td data-number data-wide>
                  {pattern.calibration ? percent(pattern.calibration.estimatedBp) : ''}
                </td>
                <td data-number>
                  {pattern.suggestion ? (
                    <strong>{percent(pattern.suggestion.probBp)}</strong>
                  ) : (
                    <span className={css.soft} title="Fewer than three are decided">
                      –
                    </span>
                  )}
                </td>
                <Impact impact={pattern.impact} currency={currency} />
              </tr>
              {opened && (
                <tr className={css.behind}>
                  <td colSpan={8} id={id}>
                    <CasesList
                      filter={{ ...filterOf(search), category, currency: undefined }}
                      label={`Projects with ${categoryName(category)}`}
                    />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </Table>
  );
}

function Impact({ impact, currency }: { impact: CategoryPattern['impact']; currency: string }) {
  return (
    <>
      <td data-number data-wide>
        {impact && formatMoney(impact.estimatedMean, currency)}
      </td>
      <td data-number data-wide>
        {impact && formatMoney(impact.mean, currency)}
        {impact && (
          <span data-sub>
            {impact.ratioBp === null ? '' : `${percent(impact.ratioBp)} of estimated, `}
            {impact.within} of {impact.risks} within
          </span>
        )}
      </td>
    </>
  );
}
