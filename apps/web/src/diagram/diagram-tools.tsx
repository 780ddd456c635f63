import { PanelMenu } from '../editor/panel-menu.tsx';
import { useMayEdit } from '../editor/rights.ts';
import { SaveButton } from '../editor/save-button.tsx';
import tools from '../editor/tools.module.css';
import { UndoButtons } from '../editor/undo-buttons.tsx';
import { useDesk } from './context.ts';
import { DiagramChooser } from './diagram-chooser.tsx';
import { ExportMenu } from './export-menu.tsx';
import { panels } from './panels.ts';
import { SearchButton } from './search/search-button.tsx';

/** What can be done with a diagram. On a phone: look, and open the panels. */
export function DiagramTools({ compact }: { compact: boolean }) {
  const mayEdit = useMayEdit();
  const desk = useDesk();
  if (compact) {
    return (
      <div className={tools.tools}>
        <DiagramChooser size={44} />
        <SearchButton size={44} />
        <ExportMenu size={44} />
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
        </>
      )}
      <DiagramChooser size={32} />
      <SearchButton size={32} />
      <ExportMenu size={32} />
      {mayEdit && <SaveButton />}
    </div>
  );
}
