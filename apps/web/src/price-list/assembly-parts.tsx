import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Component } from '../api/price-list.ts';
import { blankPart, componentOfPart, type PartDraft } from './assembly-draft.ts';
import { AssemblyPart } from './assembly-part.tsx';
import css from './assembly-parts.module.css';
import { unitPriceText } from './assembly-price.ts';
import { ItemPicker } from './item-picker.tsx';

interface Props {
  parts: readonly PartDraft[];
  unit: string;
  currency: string;
  readOnly: boolean;
  onChange: (parts: readonly PartDraft[]) => void;
}

/** What an assembly is made of, and what one unit of it comes to. */
export function AssemblyParts({ parts, unit, currency, readOnly, onChange }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const whole = parts.map(componentOfPart).filter((one): one is Component => !('problem' in one));
  const move = (at: number, by: -1 | 1) => {
    const next = [...parts];
    const [part] = next.splice(at, 1);
    if (part) next.splice(at + by, 0, part);
    onChange(next);
  };
  const add = (fields: Partial<PartDraft>) => {
    const part = { ...blankPart(crypto.randomUUID(), currency), ...fields };
    setOpen(part.id);
    onChange([...parts, part]);
  };
  return (
    <section className={css.parts} aria-labelledby="assembly-parts">
      <h3 id="assembly-parts">In one {unit.trim() || 'unit'}</h3>
      <ol>
        {parts.map((part, at) => (
          <AssemblyPart
            key={part.id}
            part={part}
            open={open === part.id}
            readOnly={readOnly}
            onToggle={() => setOpen(open === part.id ? null : part.id)}
            onChange={(fields) =>
              onChange(parts.map((one) => (one.id === part.id ? { ...one, ...fields } : one)))
            }
            onMove={(by) => move(at, by)}
            first={at === 0}
            last={at === parts.length - 1}
            onRemove={() => onChange(parts.filter(({ id }) => id !== part.id))}
          />
        ))}
      </ol>
      {!readOnly && (
        <div className={css.add}>
          <ItemPicker onPick={(item) => add({ item })} />
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => add({})}
          >
            Line of its own
          </Button>
        </div>
      )}
      {whole.length > 0 && (
        <p className={css.sum}>
          <span>One {unit.trim() || 'unit'} costs about</span>
          <b>{unitPriceText({ components: whole })}</b>
        </p>
      )}
    </section>
  );
}
