import { DraftInput } from '../../editor/draft-input.tsx';
import { useMayPrice } from '../context.ts';
import { type RateName, useRate } from '../rates.ts';

interface Props {
  name: RateName;
  label: string;
  description?: string;
}

/** A rate as a field with its label. */
export function RateInput({ name, label, description }: Props) {
  const { value, problem, commit } = useRate(name);
  const mayPrice = useMayPrice();
  return (
    <DraftInput
      label={label}
      value={value}
      problem={problem}
      commit={commit}
      hint={description}
      inputMode="decimal"
      readOnly={!mayPrice}
    />
  );
}
