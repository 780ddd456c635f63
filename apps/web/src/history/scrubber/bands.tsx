import { colourOf } from '../../shell/colour.ts';
import css from './scrubber.module.css';

/** A stretch of a line, from share to share, that is one person's work. */
interface Stretch {
  readonly key: number;
  readonly by: string | null;
  readonly from: number;
  readonly to: number;
}

const percent = (share: number): string => `${share * 100}%`;

/** Who worked when, along a line. */
export function Bands({ stretches }: { stretches: readonly Stretch[] }) {
  return stretches.map(({ key, by, from, to }) => (
    <span
      key={key}
      className={css.band}
      style={{
        left: percent(from),
        width: percent(to - from),
        background: by === null ? undefined : colourOf(by),
      }}
    />
  ));
}
