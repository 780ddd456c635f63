import { exportBpmn } from '@tidemark/bpmn';
import type { DiagramView } from '@tidemark/documents/diagram';
import { ApiError, toApiError } from '../api/http.ts';
import { savedName } from '../shell/save-file.ts';
import { drawLocally } from './export-svg.ts';

/** What a diagram can be taken away as. */
export interface ExportChoice {
  readonly id: string;
  readonly label: string;
  /** Of the address of an export. */
  readonly query: string;
  readonly extension: 'bpmn' | 'svg' | 'png' | 'pdf';
  /** Whether only the server can make it. */
  readonly needsServer: boolean;
}

export const exportChoices: readonly ExportChoice[] = [
  { id: 'bpmn', label: 'BPMN file', query: 'format=bpmn', extension: 'bpmn', needsServer: false },
  { id: 'svg', label: 'SVG picture', query: 'format=svg', extension: 'svg', needsServer: false },
  { id: 'png', label: 'PNG picture', query: 'format=png', extension: 'png', needsServer: true },
  { id: 'png2', label: 'PNG, double size', query: 'format=png&scale=2', extension: 'png', needsServer: true },
  { id: 'pdf', label: 'PDF', query: 'format=pdf', extension: 'pdf', needsServer: true },
  { id: 'pdf-a4', label: 'PDF on A4', query: 'format=pdf&page=a4', extension: 'pdf', needsServer: true },
];

/** `shown`: key of the diagram on the canvas. A picture is of that one, a PDF of all. */
export interface ExportOf {
  readonly documentId: string;
  readonly view: DiagramView;
  readonly shown: string | null;
  /** Whether the server has all of it. */
  readonly isStored: boolean;
}

/** Made here where it can be, of what the canvas shows, stored or not; by the server where it must. Throws ApiError. */
export async function exportFile(choice: ExportChoice, of: ExportOf): Promise<Blob> {
  if (choice.extension === 'bpmn') {
    return new Blob([await exportBpmn(of.view)], { type: 'application/xml' });
  }
  const diagram = choice.extension === 'pdf' ? undefined : diagramId(of);
  try {
    if (!of.isStored) throw new ApiError('offline', 0, 'The server does not have your last edits yet.');
    return await download(choice, of.documentId, diagram);
  } catch (error) {
    if (choice.needsServer || !(error instanceof ApiError) || error.code !== 'offline') throw error;
    return new Blob([await drawLocally(await exportBpmn(of.view), diagram)], { type: 'image/svg+xml' });
  }
}

async function download(
  { query }: ExportChoice,
  documentId: string,
  diagram: string | undefined,
): Promise<Blob> {
  const which = diagram === undefined ? '' : `&diagram=${encodeURIComponent(diagram)}`;
  let response: Response;
  try {
    response = await fetch(`/api/documents/${encodeURIComponent(documentId)}/export?${query}${which}`);
  } catch {
    throw new ApiError('offline', 0, 'The server cannot be reached.');
  }
  if (!response.ok) throw await toApiError(response);
  return response.blob();
}

function diagramId({ view, shown }: ExportOf): string | undefined {
  const id = shown === null ? undefined : view.elements.get(shown)?.values.get('@id');
  return typeof id === 'string' ? id : undefined;
}

/** A name that every system can save under. */
export function exportName(title: string, { extension }: ExportChoice): string {
  return savedName(title, extension, 'Untitled diagram');
}
