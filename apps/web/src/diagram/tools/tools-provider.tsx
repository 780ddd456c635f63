import { type ReactNode, useMemo, useState } from 'react';
import { useMayEdit } from '../../editor/rights.ts';
import { useDiagram } from '../context.ts';
import { ConnectDialog } from '../outline/connect-dialog.tsx';
import { ProblemsContext, useLinting } from '../problems/use-problems.ts';
import { ConnectingContext } from './connecting.ts';
import { type Tools, ToolsContext } from './context.ts';

/** What the tools around the canvas share, for as long as there is a canvas. */
export function ToolsProvider({ children }: { children: ReactNode }) {
  const { canvas, reader, editor } = useDiagram();
  const allowed = useMayEdit();
  // A phone shows a canvas for reading to those who may edit, too.
  const mayEdit = allowed && canvas?.mode === 'edit';
  const tools = useMemo(
    (): Tools | null => canvas && { canvas, reader, editor, mayEdit },
    [canvas, reader, editor, mayEdit],
  );
  const problems = useLinting(tools);
  const [from, setFrom] = useState<string | null>(null);
  const connecting = useMemo(() => ({ begin: setFrom }), []);
  // The tree keeps its shape when the canvas comes and goes: what is inside would else begin anew, the canvas with it.
  return (
    <ToolsContext value={tools}>
      <ProblemsContext value={problems}>
        <ConnectingContext value={connecting}>
          {children}
          {tools && <ConnectDialog from={from} onClose={() => setFrom(null)} />}
        </ConnectingContext>
      </ProblemsContext>
    </ToolsContext>
  );
}
