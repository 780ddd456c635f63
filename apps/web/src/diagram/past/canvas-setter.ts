import type { DiagramCanvas } from '@tidemark/modeler';
import { createContext } from 'react';

/** Takes the canvas that shows the past, for what stands around it. */
export const CanvasSetter = createContext<(canvas: DiagramCanvas | null) => void>(() => undefined);
