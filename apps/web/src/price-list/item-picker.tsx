import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { formatPrice } from '@tidemark/estimating';
import { useState } from 'react';
import type { PriceItem } from '../api/price-list.ts';
import css from './assembly-parts.module.css';
import { perUnit } from './field-text.ts';
import { usePriceSearch } from './use-price-search.ts';

/** Finds an item of the price list by a few letters. */
export function ItemPicker({ onPick }: { onPick: (item: PriceItem) => void }) {
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { items, pending } = usePriceSearch(text, { limit: 8 });
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const item = items.find((one) => one.id === id);
        if (!item) return;
        onPick(item);
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          aria-label="Add an item of the price list"
          placeholder="Add an item…"
          leftSection={<IconSearch size={15} stroke={1.8} />}
          value={text}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => text !== '' && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            // Enter picks what is found; it never sends the form around it.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={text.trim() === ''}>
        <Combobox.Options aria-label="Items">
          {items.map((item) => (
            <Combobox.Option key={item.id} value={item.id}>
              <span className={css.option}>
                <span>{item.name}</span>
                <span className={css.cost}>
                  {[item.code, `${formatPrice(item.unitCost, item.currency)} ${perUnit(item.unit)}`]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
            </Combobox.Option>
          ))}
          {items.length === 0 && <Combobox.Empty>{pending ? 'Looking…' : 'Nothing found'}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
