import { SegmentedControl } from '@mantine/core';
import { setDensity, setPalette, setTheme, type Theme } from '@tidemark/documents/dashboard';
import { SidePanel } from '@tidemark/ui';
import { useEditor } from '../editor/context.ts';
import css from '../editor/panel.module.css';
import { useMayEdit } from '../editor/rights.ts';
import { useDesk, useView } from './context.ts';
import { coloursOf, palettes } from './palettes.ts';
import { useScheme } from './scheme.ts';

const themeNotes: Readonly<Record<Theme, string>> = {
  light: 'Light or dark, as each person has chosen for themselves.',
  brand: 'As standard, with a touch of colour behind the charts.',
  dark: 'Dark for everybody, whatever they have chosen.',
};

/** How the whole dashboard looks, for everybody. */
export function LookPanel() {
  const desk = useDesk();
  const mayEdit = useMayEdit();
  const editor = useEditor();
  const scheme = useScheme();
  const { theme, palette, density } = useView((view) => view.meta);
  return (
    <SidePanel title="Appearance" opened={mayEdit && desk.panel === 'look'} onClose={() => desk.open(null)}>
      <div className={css.form}>
        <p className={css.note}>Everybody who opens this dashboard sees it this way.</p>
        <div>
          <div className={css.legend}>Theme</div>
          <SegmentedControl
            fullWidth
            aria-label="Theme"
            value={theme}
            onChange={(value) => setTheme(editor, value as Theme)}
            data={[
              { value: 'light', label: 'Standard' },
              { value: 'brand', label: 'Tinted' },
              { value: 'dark', label: 'Always dark' },
            ]}
          />
        </div>
        <p className={css.note}>{themeNotes[theme]}</p>
        <div>
          <div className={css.legend}>Spacing</div>
          <SegmentedControl
            fullWidth
            aria-label="Spacing"
            value={density}
            onChange={(value) => setDensity(editor, value === 'compact' ? 'compact' : 'comfortable')}
            data={[
              { value: 'comfortable', label: 'Comfortable' },
              { value: 'compact', label: 'Compact' },
            ]}
          />
        </div>
        <div>
          <div className={css.legend}>Colours</div>
          <ul className={css.list}>
            {Object.entries(palettes).map(([name, { label }]) => (
              <li key={name}>
                <button
                  type="button"
                  className={css.palette}
                  aria-pressed={name === palette}
                  onClick={() => setPalette(editor, name)}
                >
                  {label}
                  <span className={css.swatches} aria-hidden="true">
                    {coloursOf(name, scheme)
                      .slice(0, 6)
                      .map((colour) => (
                        <span key={colour} className={css.swatch} style={{ background: colour }} />
                      ))}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </SidePanel>
  );
}
