import type { EditorActions, Viewer } from './bpmn-js.ts';

/** Gives bpmn-js's undo and redo (Ctrl+Z and whatever triggers its actions) to the document's. */
export function bindUndo(viewer: Viewer, undo: () => void, redo: () => void): void {
  const actions = viewer.get<EditorActions>('editorActions', false);
  if (actions === null) return;
  for (const action of ['undo', 'redo']) if (actions.isRegistered(action)) actions.unregister(action);
  actions.register({ undo, redo });
}
