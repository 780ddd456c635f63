export type { CanvasElement } from './bpmn-js.ts';
export type { DiagramCanvas, DiagramCanvasOptions } from './diagram-canvas.ts';
export { createDiagramCanvas } from './diagram-canvas.ts';
export { fontFamily } from './fonts.ts';
