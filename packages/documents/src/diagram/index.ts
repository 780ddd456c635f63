export { setTitle } from './commands.ts';
export type { DiagramElement, Elements } from './element.ts';
export { isOutside, keyOfOnly, newKey, ownerOfKey } from './key.ts';
export { diagramSchema } from './schema.ts';
export { equalElements } from './show.ts';
export type { DiagramView } from './view.ts';
export { diagram } from './view.ts';
export type { WriteOptions } from './write.ts';
export { fillDiagram, writeDifference } from './write.ts';
