/** The editors, each a part of the app that is fetched when a document of its kind is opened. */
export const loadDashboardEditor = () => import('../dashboard/dashboard-editor.tsx');
export const loadDiagramEditor = () => import('../diagram/diagram-editor.tsx');
export const loadEstimateEditor = () => import('../estimate/estimate-editor.tsx');

/** Begins to fetch the editor of a kind, as soon as the kind is known. */
export function preloadEditor(kind: string | null): void {
  if (kind === 'dashboard') void loadDashboardEditor();
  if (kind === 'diagram') void loadDiagramEditor();
  if (kind === 'estimate') void loadEstimateEditor();
}
