import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { formatPrice, formatRate } from '@tidemark/estimating';
import { IconButton } from '@tidemark/ui';
import type { PriceKind } from '../api/price-list.ts';
import { lineKindWords } from '../estimate/kind-words.ts';
import type { PartDraft } from './assembly-draft.ts';
import css from './assembly-parts.module.css';
import { perUnit } from './field-text.ts';

interface Props {
  part: PartDraft;
  open: boolean;
  readOnly: boolean;
  first: boolean;
  last: boolean;
  onToggle: () => void;
  onChange: (fields: Partial<PartDraft>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** A part of an assembly: a row that says how much of what, and opens to be changed. */
export function AssemblyPart({
  part,
  open,
  readOnly,
  first,
  last,
  onToggle,
  onMove,
  onRemove,
  onChange,
}: Props) {
  const { item } = part;
  const name = item?.name ?? (part.name.trim() || 'A line of its own');
  const unit = item?.unit ?? part.unit;
  const id = `part-${part.id}`;
  return (
    <li className={css.part} data-open={open || undefined}>
      <button type="button" className={css.row} aria-expanded={open} aria-controls={id} onClick={onToggle}>
        <span className={css.name}>
          {name}
          {item?.archivedAt && <span className={css.gone}> (archived)</span>}
        </span>
        <span className={css.much}>
          {part.quantity} {unit}
        </span>
      </button>
      {open && (
        <div className={css.inside} id={id}>
          {item ? (
            <p className={css.cost}>
              {formatPrice(item.unitCost, item.currency)} {perUnit(item.unit)}
            </p>
          ) : (
            <OwnLineFields part={part} readOnly={readOnly} onChange={onChange} />
          )}
          <div className={css.fields}>
            <TextInput
              label="Quantity"
              inputMode="decimal"
              value={part.quantity}
              readOnly={readOnly}
              onChange={(event) => onChange({ quantity: event.currentTarget.value })}
            />
            <TextInput
              label="Waste"
              inputMode="decimal"
              value={part.waste}
              placeholder={formatRate(item?.wasteBp ?? 0)}
              readOnly={readOnly}
              onChange={(event) => onChange({ waste: event.currentTarget.value })}
            />
          </div>
          <Checkbox
            label="Round up to whole units"
            checked={part.wholeUnits}
            disabled={readOnly}
            onChange={(event) => onChange({ wholeUnits: event.currentTarget.checked })}
          />
          {!readOnly && (
            <div className={css.tools}>
              <IconButton label={`Move ${name} up`} size={28} disabled={first} onClick={() => onMove(-1)}>
                <IconArrowUp size={15} />
              </IconButton>
              <IconButton label={`Move ${name} down`} size={28} disabled={last} onClick={() => onMove(1)}>
                <IconArrowDown size={15} />
              </IconButton>
              <IconButton label={`Take ${name} out`} size={28} onClick={onRemove}>
                <IconX size={15} />
              </IconButton>
            </div>
          )}
        </div>
      )}
    </li>
  );
}

const kinds = Object.entries(lineKindWords).map(([value, label]) => ({ value, label }));

function OwnLineFields({ part, readOnly, onChange }: Pick<Props, 'part' | 'readOnly' | 'onChange'>) {
  const text = (field: 'name' | 'unit' | 'unitCost') => ({
    value: part[field],
    readOnly,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput label="Name" {...text('name')} />
      <div className={css.fields}>
        <TextInput label="Unit" {...text('unit')} />
        <TextInput label={`Unit cost, ${part.currency}`} inputMode="decimal" {...text('unitCost')} />
      </div>
      <NativeSelect
        label="Kind"
        value={part.kind}
        data={kinds}
        disabled={readOnly}
        onChange={(event) => onChange({ kind: event.currentTarget.value as PriceKind })}
      />
    </>
  );
}
