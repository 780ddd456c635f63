import css from './cell.module.css';
import type { Choice } from './choices.ts';
import { Part } from './part.tsx';

interface Props {
  id: string;
  label: string;
  choices: readonly Choice[];
  chosen: Choice | null;
  onChoose: (choice: Choice) => void;
}

/** What an open cell offers; its field keeps the focus and has the keys. */
export function ChoiceList({ id, label, choices, chosen, onChoose }: Props) {
  return (
    <Part role="listbox" id={id} aria-label={label}>
      {choices.map((choice, index) => (
        <Part
          key={choice.key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={choice === chosen}
          className={css.choice}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(choice)}
        >
          {choice.text}
          {choice.note && <span className={css.choiceNote}>{choice.note}</span>}
        </Part>
      ))}
    </Part>
  );
}
