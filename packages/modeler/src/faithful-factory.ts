import ElementFactory from 'bpmn-js/lib/features/modeling/ElementFactory';

interface Drawn {
  readonly di?: { isMarkerVisible?: boolean; readonly $instanceOf?: unknown };
}

/**
 * bpmn-js's modeler gives the drawing of each exclusive gateway that does not say so a visible marker while it opens a
 * file; its viewer does not. A canvas shows what the document says, the same in both and in pictures.
 */
export class FaithfulFactory extends ElementFactory {
  static override $inject = ['bpmnFactory', 'moddle'];

  override createElement(kind: never, attributes: never): never {
    const { di } = (attributes ?? {}) as Drawn;
    // Only a drawing that is in the document already; what a command makes anew has its marker.
    const isUnsaid = di?.$instanceOf !== undefined && !Object.hasOwn(di, 'isMarkerVisible');
    const element = super.createElement(kind, attributes) as never;
    if (isUnsaid) delete di.isMarkerVisible;
    return element;
  }
}
