import { LiveRegion, usePhone } from '@tidemark/ui';
import { useComparison } from '../../history/compare/comparison.ts';
import { useMarksHere } from '../../history/marks.ts';
import { ChangesBar } from './changes-bar.tsx';
import { GridContext, useGridPart, useGridScreen, useGridTies } from './context.ts';
import css from './grid.module.css';
import { GridTable } from './grid-table.tsx';
import { LineList } from './line-list.tsx';
import { LostNotice } from './lost-notice.tsx';
import { PasteNotice } from './paste-notice.tsx';
import { useOthers } from './use-others.ts';

/** Sections and lines of the estimate: a spreadsheet, and on a phone a list whose lines open as forms. */
export function EstimateGrid() {
  const screen = useGridScreen();
  useGridTies(screen.grid);
  useOthers(screen.grid);
  return (
    <GridContext value={screen}>
      <Inside />
    </GridContext>
  );
}

function Inside() {
  const phone = usePhone();
  const said = useGridPart((state) => state.said);
  const marks = useMarksHere();
  const comparison = useComparison();
  return (
    <div className={css.root}>
      <LostNotice />
      <PasteNotice />
      {marks && comparison && <ChangesBar marks={marks} comparison={comparison} />}
      {phone ? <LineList /> : <GridTable />}
      <LiveRegion message={said} every={300} />
    </div>
  );
}
