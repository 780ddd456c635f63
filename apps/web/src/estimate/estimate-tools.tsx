import { PanelMenu } from '../editor/panel-menu.tsx';
import { useMayEdit } from '../editor/rights.ts';
import { SaveButton } from '../editor/save-button.tsx';
import tools from '../editor/tools.module.css';
import { UndoButtons } from '../editor/undo-buttons.tsx';
import { useDesk } from './context.ts';
import { DownloadMenu } from './files/download-menu.tsx';
import { panels } from './panels.ts';
import { ProposalButton } from './proposal/proposal-button.tsx';

/** What can be done with an estimate. On a phone: take back, and open the panels. */
export function EstimateTools({ compact }: { compact: boolean }) {
  const desk = useDesk();
  const mayEdit = useMayEdit();
  if (compact) {
    return (
      <div className={tools.tools}>
        {mayEdit && <UndoButtons size={44} />}
        <ProposalButton size={44} />
        <DownloadMenu size={44} />
        <PanelMenu panels={panels} desk={desk} />
      </div>
    );
  }
  return (
    <div className={tools.tools}>
      <span className={tools.rule} />
      {mayEdit && (
        <>
          <UndoButtons size={32} />
          <span className={tools.rule} />
          <SaveButton />
        </>
      )}
      <ProposalButton size={32} />
      <DownloadMenu size={32} />
    </div>
  );
}
