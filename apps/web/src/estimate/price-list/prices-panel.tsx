import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconExternalLink, IconRefresh, IconSearch, IconTags } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '@tidemark/ui';
import { type KeyboardEvent, useId, useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import { type Assembly, summaryQuery } from '../../api/price-list.ts';
import { useOnline } from '../../shell/online.ts';
import { useMayPrice } from '../context.ts';
import { AssemblyDialog } from './assembly-dialog.tsx';
import { PriceOptions } from './price-options.tsx';
import css from './prices-panel.module.css';
import { SaveLine } from './save-line.tsx';
import { UpdatePricesDialog } from './update-prices-dialog.tsx';
import { useDrag } from './use-drag.ts';
import { useInsert } from './use-insert.ts';
import { type PriceOption, useOptions } from './use-options.ts';

const every = 'every category';

/** The company's price list beside the grid: find, insert, and bring prices up to date. */
export function PricesPanel() {
  const mayPrice = useMayPrice();
  const online = useOnline();
  const summary = useQuery(summaryQuery);
  const [text, setText] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const [wanted, setWanted] = useState<{ assembly: Assembly; row: string | null } | null>(null);
  const [updating, setUpdating] = useState(false);
  const list = useId();
  const insert = useInsert();
  const found = useOptions(text, category);
  const at = Math.min(active, found.options.length - 1);

  const take = (option: PriceOption, row: string | null = null) => {
    if (!mayPrice) return;
    if ('item' in option) insert.item(option.item, row);
    else setWanted({ assembly: option.assembly, row });
  };
  const drag = useDrag(take);
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(found.options.length - 1, at + step)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const option = found.options[at];
      if (option && !found.stale) take(option);
    } else if (event.key === 'Escape' && text !== '') {
      // The first Esc is for the text, the next for the panel.
      event.stopPropagation();
      setText('');
    }
  };

  const { data } = summary;
  if (data !== undefined && data.items + data.assemblies === 0) return <Nothing />;
  const categories = [
    ...new Set([
      ...(data?.categories ?? []).map(({ name }) => name),
      ...(data?.assemblyCategories ?? []).map(({ name }) => name),
    ]),
  ].filter(Boolean);
  const chosen = found.options[at];
  return (
    <div className={css.panel}>
      <TextInput
        role="combobox"
        aria-label="Search the price list"
        aria-expanded
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${list}-${chosen.id}` : undefined}
        placeholder="Search items and assemblies"
        leftSection={<IconSearch size={15} stroke={1.8} />}
        value={text}
        autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={key}
      />
      {categories.length > 1 && (
        <NativeSelect
          aria-label="Category"
          value={category ?? every}
          data={[{ value: every, label: 'All categories' }, ...categories.toSorted()]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setCategory(value === every ? null : value);
            setActive(0);
          }}
        />
      )}
      <div className={css.actions}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} stroke={1.8} />}
          disabled={!mayPrice || !online}
          onClick={() => setUpdating(true)}
        >
          Update prices
        </Button>
        <SaveLine />
      </div>
      <p className={css.where} role="status">
        {mayPrice
          ? insert.said || `Goes ${insert.where}.`
          : 'Prices stand still here: you can look, and insert nothing.'}
      </p>
      {found.error && !found.loaded ? (
        <EmptyState
          size="tile"
          title="The price list could not be loaded"
          level={3}
          icon={<IconAlertTriangle size={22} stroke={1.6} />}
          actions={
            <Button size="compact-sm" variant="default" onClick={found.again}>
              Try again
            </Button>
          }
        >
          {online ? wordsOf(found.error) : 'You are offline. Everything else of the estimate goes on.'}
        </EmptyState>
      ) : (
        <PriceOptions
          id={list}
          found={found}
          text={text.trim()}
          active={chosen?.id ?? null}
          disabled={!mayPrice}
          drag={drag}
          onTake={(option) => take(option)}
        />
      )}
      <Link to="/prices" className={css.link}>
        <IconExternalLink size={14} stroke={1.8} aria-hidden />
        Open the price list
      </Link>
      {wanted && (
        <AssemblyDialog
          assembly={wanted.assembly}
          where={insert.where}
          onInsert={(lines) => insert.assembly(wanted.assembly, lines, wanted.row)}
          onClose={() => setWanted(null)}
        />
      )}
      {updating && <UpdatePricesDialog onClose={() => setUpdating(false)} />}
    </div>
  );
}

function Nothing() {
  return (
    <>
      <EmptyState
        size="tile"
        title="No prices yet"
        level={3}
        icon={<IconTags size={22} stroke={1.6} />}
        actions={
          <Button component={Link} to="/prices" size="compact-sm" variant="default">
            Open the price list
          </Button>
        }
      >
        Keep there what things cost you, or begin with samples. Then every estimate takes its prices from it.
      </EmptyState>
      <SaveLine />
    </>
  );
}
