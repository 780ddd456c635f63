import { Tooltip } from '@mantine/core';
import css from '../properties/properties.module.css';
import { colours } from './colours.ts';
import { useTools } from './context.ts';
import type { CanvasElement } from './elements.ts';
import { service } from './services.ts';

/** The colour of the selected elements, as one gesture. */
export function ColourField({ elements }: { elements: readonly CanvasElement[] }) {
  const { canvas, mayEdit } = useTools();
  const strokes = new Set(elements.map(strokeOf));
  const stroke = strokes.size === 1 ? [...strokes][0] : undefined;
  if (!mayEdit) return null;
  const set = (next?: { fill: string; stroke: string }) =>
    service(canvas, 'modeling').setColor(elements, next);
  return (
    <fieldset className={css.colours}>
      <legend className={css.legend}>Colour</legend>
      <div className={css.swatches}>
        <Tooltip label="No colour">
          <button
            type="button"
            className={css.swatch}
            aria-label="No colour"
            aria-pressed={stroke === null}
            style={{ background: '#ffffff', borderColor: '#22242a' }}
            onClick={() => set()}
          />
        </Tooltip>
        {colours.map((colour) => (
          <Tooltip key={colour.name} label={colour.name}>
            <button
              type="button"
              className={css.swatch}
              aria-label={colour.name}
              aria-pressed={stroke === colour.stroke}
              style={{ background: colour.fill, borderColor: colour.stroke }}
              onClick={() => set({ fill: colour.fill, stroke: colour.stroke })}
            />
          </Tooltip>
        ))}
      </div>
    </fieldset>
  );
}

/** The outline's colour as the file has it; null when it has none. */
function strokeOf({ di }: CanvasElement): string | null {
  const colour = di?.get?.('color:border-color') ?? di?.get?.('bioc:stroke');
  return typeof colour === 'string' ? colour.toLowerCase() : null;
}
