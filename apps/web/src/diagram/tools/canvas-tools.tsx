import { useCallback, useState } from 'react';
import { PastedFile } from '../clipboard/pasted-file.tsx';
import { useClipboard } from '../clipboard/use-clipboard.ts';
import { useDesk } from '../context.ts';
import { useMarks } from '../problems/use-marks.ts';
import { useProblems } from '../problems/use-problems.ts';
import { SearchBar } from '../search/search-bar.tsx';
import { ArrangeBar } from './arrange-bar.tsx';
import { useTools } from './context.ts';
import { duplicate } from './duplicate.ts';
import { duplicateEvent, findEvent } from './keys.ts';
import { service } from './services.ts';
import { useCanvasEvents } from './use-canvas.ts';
import { useToolCommands } from './use-tool-commands.ts';

const find = [findEvent] as const;
const double = [duplicateEvent] as const;

/** What stands over the canvas, and what its keys do. */
export function CanvasTools() {
  const { canvas, mayEdit } = useTools();
  const desk = useDesk();
  const [searching, setSearching] = useState(false);
  const openSearch = useCallback(() => setSearching(true), []);
  useCanvasEvents(find, openSearch);
  useCanvasEvents(double, () => {
    duplicate(canvas, service(canvas, 'selection').get());
    return true;
  });
  const problems = useProblems();
  // Somebody who draws is not scolded for what is not there yet; who looks at the problems sees where they are.
  useMarks(desk.panel === 'problems' ? problems : null);
  const [pasted, setPasted] = useState<string | null>(null);
  useClipboard(setPasted);
  useToolCommands(openSearch);
  return (
    <>
      {searching && <SearchBar onClose={() => setSearching(false)} />}
      {mayEdit && !searching && <ArrangeBar />}
      <PastedFile xml={pasted} onClose={() => setPasted(null)} />
    </>
  );
}
