import { Button, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCsv, IconEqual, IconPrinter, IconSearch } from '@tabler/icons-react';
import type { EstimateView } from '@tidemark/documents/estimate';
import type { Comparison } from '@tidemark/estimating';
import { EmptyState, IconButton, LiveRegion } from '@tidemark/ui';
import { useMemo, useRef, useState } from 'react';
import { firstRows, useFilled } from '../../history/compare/use-filled.ts';
import { downloadChanges } from './changes-file.ts';
import css from './compare.module.css';
import { metaFields, paramFields } from './field-words.ts';
import rows from './row-list.module.css';
import { FieldList, RowList, SectionList } from './row-list.tsx';
import { countChanges, filterRows, filterSections, riskRows, sectionRows } from './rows.ts';
import { AboutChange, useMovedLines, useTextRows } from './told-changes.tsx';
import { useSteps } from './use-steps.ts';
import { Why } from './why.tsx';

interface Props {
  comparison: Comparison;
  before: EstimateView;
  after: EstimateView;
  name: string;
}

/** All that differs between two estimates; sections in the order of the later one. */
export function Changes({ comparison, before, after, name }: Props) {
  const [onlyChanges, setOnlyChanges] = useState(true);
  const [words, setWords] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const { step, said } = useSteps(list);
  const currencies = useMemo(
    () => ({ before: before.meta.currency, after: after.meta.currency }),
    [before.meta.currency, after.meta.currency],
  );
  const moved = useMovedLines();
  const sections = useMemo(
    () => sectionRows(comparison, before, after, moved),
    [comparison, before, after, moved],
  );
  const risks = useMemo(() => riskRows(comparison, after, currencies), [comparison, after, currencies]);
  const fields = [...paramFields(comparison.params), ...metaFields(comparison.meta)];
  const [shownSections, shownRisks] = useMemo(() => {
    const filter = { onlyChanges, words };
    return [filterSections(sections, filter), filterRows(risks, filter)] as const;
  }, [sections, risks, onlyChanges, words]);
  const filled = useFilled(shownSections.reduce((sum, section) => sum + Math.max(1, section.rows.length), 0));
  const standing = useMemo(() => firstRows(shownSections, filled), [shownSections, filled]);
  const texts = useTextRows();
  const changed =
    countChanges(sections) +
    risks.filter(({ fate }) => fate !== 'same').length +
    fields.length +
    texts.length;
  const searching = words.trim() !== '';
  const nothing =
    shownSections.length === 0 &&
    shownRisks.length === 0 &&
    (searching || fields.length + texts.length === 0);
  return (
    <>
      <div className={css.tools}>
        <Switch
          label="Only changes"
          checked={onlyChanges}
          onChange={(event) => setOnlyChanges(event.currentTarget.checked)}
        />
        <TextInput
          type="search"
          aria-label="Search lines and risks"
          placeholder="Search"
          leftSection={<IconSearch size={15} stroke={1.8} />}
          className={css.search}
          value={words}
          maxLength={200}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <span className={css.count} role="status">
          {changed === 0 ? 'No changes' : changed === 1 ? '1 change' : `${changed} changes`}
        </span>
        <IconButton label="Previous change" hint="Previous change, Alt+↑" onClick={() => step(-1)}>
          <IconArrowUp size={18} stroke={1.7} />
        </IconButton>
        <IconButton label="Next change" hint="Next change, Alt+↓" onClick={() => step(1)}>
          <IconArrowDown size={18} stroke={1.7} />
        </IconButton>
        <span className={css.gap} />
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPrinter size={15} stroke={1.8} />}
          onClick={() => print()}
        >
          Print
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCsv size={15} stroke={1.8} />}
          onClick={() => void downloadChanges({ sections, risks, fields, comparison }, name)}
        >
          CSV
        </Button>
      </div>
      <div className={css.columns}>
        <Why comparison={comparison} currencies={currencies} />
        <div ref={list} className={css.lists}>
          {nothing && (
            <EmptyState
              size="tile"
              title={searching ? 'Nothing found' : 'Both say the same'}
              icon={<IconEqual size={24} stroke={1.6} />}
            >
              {searching
                ? `Nothing that is shown here holds “${words.trim()}”.`
                : 'Not one line, risk or rate differs.'}
            </EmptyState>
          )}
          <SectionList sections={standing} currencies={currencies} />
          {shownRisks.length > 0 && (
            <section className={rows.section} aria-labelledby="compared-risks">
              <h2 id="compared-risks" className={rows.head}>
                Risks, expected
              </h2>
              <RowList collection="risks" rows={shownRisks} currencies={currencies} />
            </section>
          )}
          {fields.length > 0 && !searching && (
            <section className={rows.section} aria-labelledby="compared-fields">
              <h2 id="compared-fields" className={rows.head}>
                Rates and details
              </h2>
              <FieldList fields={fields} />
              <AboutChange collection="params" id="params" />
              <AboutChange collection="meta" id="meta" />
            </section>
          )}
          {texts.length > 0 && !searching && (
            <section className={rows.section} aria-labelledby="compared-texts">
              <h2 id="compared-texts" className={rows.head}>
                Texts
              </h2>
              <ul className={rows.rows}>
                {texts.map(({ key, change }) => (
                  <li key={key} className={rows.row} data-fate="changed" data-change="" tabIndex={-1}>
                    <span className={rows.mark} aria-hidden>
                      ≠
                    </span>
                    <div>
                      <span className={rows.name}>{change.name}</span>
                      <FieldList
                        fields={change.fields.map(({ label, old, new: now }) => ({
                          label,
                          old: old ?? '',
                          new: now ?? '',
                        }))}
                      />
                      <AboutChange {...change.thing} />
                    </div>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
      <LiveRegion message={said} every={200} />
    </>
  );
}
