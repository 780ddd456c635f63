import { Button, Skeleton, VisuallyHidden } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { formatPrice } from '@tidemark/estimating';
import { useEffect, useRef } from 'react';
import { unitPriceText } from '../../price-list/assembly-price.ts';
import { perUnit } from '../../price-list/field-text.ts';
import css from './prices-panel.module.css';
import type { Drag } from './use-drag.ts';
import type { Options, PriceOption } from './use-options.ts';

interface Props {
  id: string;
  found: Options;
  text: string;
  active: string | null;
  disabled: boolean;
  drag: Drag;
  onTake: (option: PriceOption) => void;
}

/** What was found, to be inserted by click, Enter or drag. */
export function PriceOptions({ id, found, text, active, disabled, drag, onTake }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const option = active === null ? null : document.getElementById(`${id}-${active}`);
    option?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  const groups = [
    { label: 'Assemblies', options: found.options.filter((option) => 'assembly' in option) },
    { label: 'Items', options: found.options.filter((option) => 'item' in option) },
  ].filter(({ options }) => options.length > 0);
  return (
    <>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label="Price list"
        aria-busy={!found.loaded}
        className={css.options}
        data-stale={found.stale || undefined}
      >
        {groups.map(({ label, options }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a list box, no fieldset
          <div key={label} role="group" aria-label={label}>
            <div className={css.heading} aria-hidden>
              {label}
            </div>
            {options.map((option) => (
              <Option
                key={option.id}
                id={`${id}-${option.id}`}
                option={option}
                active={option.id === active}
                disabled={disabled}
                drag={drag}
                onTake={onTake}
              />
            ))}
          </div>
        ))}
      </div>
      {!found.loaded && (
        <div className={css.loading}>
          <VisuallyHidden>Loading</VisuallyHidden>
          {[80, 60, 72, 50].map((width) => (
            <Skeleton key={width} height={14} width={`${width}%`} />
          ))}
        </div>
      )}
      {found.loaded && found.options.length === 0 && (
        <p className={css.none}>{text ? `Nothing matches “${text}”.` : 'Nothing in this category.'}</p>
      )}
      {found.hasMore && (
        <Button size="compact-sm" variant="default" onClick={found.more}>
          Show more
        </Button>
      )}
    </>
  );
}

interface OptionProps {
  id: string;
  option: PriceOption;
  active: boolean;
  disabled: boolean;
  drag: Drag;
  onTake: (option: PriceOption) => void;
}

function Option({ id, option, active, disabled, drag, onTake }: OptionProps) {
  const name = 'item' in option ? option.item.name : option.assembly.name;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above has the keys of the list
    <div
      id={id}
      role="option"
      // The field above keeps the focus and says which one is active.
      tabIndex={-1}
      aria-selected={active}
      aria-disabled={disabled || undefined}
      className={css.option}
      draggable={!disabled}
      onDragStart={(event) => drag.start(event, option)}
      onDragEnd={drag.end}
      onClick={() => onTake(option)}
    >
      <span className={css.name}>
        {'assembly' in option && <IconStack2 size={14} stroke={1.8} aria-hidden />}
        {name}
      </span>
      <span className={css.cost}>
        {'item' in option
          ? formatPrice(option.item.unitCost, option.item.currency)
          : unitPriceText(option.assembly)}
      </span>
      <span className={css.sub}>
        {'item' in option
          ? [option.item.code, option.item.category].filter(Boolean).join(' · ')
          : option.assembly.category}
      </span>
      <span className={css.unit}>{perUnit('item' in option ? option.item.unit : option.assembly.unit)}</span>
    </div>
  );
}
