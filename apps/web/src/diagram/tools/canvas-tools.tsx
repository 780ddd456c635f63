import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
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

/** A file becomes a document of its own: it is brought in where documents are. */
function tellOfFile(): void {
  notifications.show({
    title: 'That is a BPMN file',
    message: 'Import it from your documents: it becomes a diagram of its own.',
  });
}

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
  useClipboard(tellOfFile);
  useToolCommands(openSearch);
  return (
    <>
      {searching && <SearchBar onClose={() => setSearching(false)} />}
      {mayEdit && !searching && <ArrangeBar />}
    </>
  );
}
