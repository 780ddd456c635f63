import type { CanvasElement } from '@tidemark/modeler';
import type { Canvas, EventBus } from './services.ts';

/** Elements whose colours the file names itself; the look turns these for dark screens. */
const marker = 'tm-coloured';
const colours = [
  'color:background-color',
  'color:border-color',
  'color:color',
  'bioc:fill',
  'bioc:stroke',
] as const;

/** Marks what has colours of its own. */
class ColourMarks {
  static $inject = ['eventBus', 'canvas'];

  constructor(eventBus: EventBus, canvas: Canvas) {
    const mark = ({ element }: { readonly element: CanvasElement }) => {
      if (isColoured(element)) canvas.addMarker(element, marker);
      else canvas.removeMarker(element, marker);
    };
    eventBus.on(['shape.added', 'connection.added', 'shape.changed', 'connection.changed'], mark);
  }
}

function isColoured({ di }: CanvasElement): boolean {
  if (!di) return false;
  const label = di.get('label') as { get(name: string): unknown } | undefined;
  return colours.some((name) => di.get(name) !== undefined) || label?.get('color:color') !== undefined;
}

/** For bpmn-js: shapes in the colours of the screen, light or dark. Exported pictures are light. */
export const inkModule = {
  __init__: ['tidemarkColourMarks'],
  tidemarkColourMarks: ['type', ColourMarks],
  'config.bpmnRenderer': [
    'value',
    { defaultFillColor: 'var(--tm-shape)', defaultStrokeColor: 'var(--tm-ink)' },
  ],
};
