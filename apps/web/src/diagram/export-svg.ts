import { fontFamily } from '@tidemark/modeler';
import Viewer from 'bpmn-js/lib/Viewer';

/** A picture made without the server, in the colours that it would have there. The canvas itself may be dark. */
export async function drawLocally(xml: string, diagram: string | undefined): Promise<string> {
  const container = document.createElement('div');
  container.setAttribute('aria-hidden', 'true');
  // It has to be laid out to be measured, and nobody sees it.
  container.style.cssText =
    'position:fixed;left:0;top:0;width:1px;height:1px;overflow:hidden;visibility:hidden';
  document.body.append(container);
  const text = { fontFamily };
  const viewer = new Viewer({
    container,
    textRenderer: { defaultStyle: text, externalStyle: text },
    bpmnRenderer: { defaultFillColor: '#ffffff', defaultStrokeColor: '#25333d' },
  });
  try {
    await viewer.importXML(xml, diagram);
    return (await viewer.saveSVG()).svg;
  } finally {
    viewer.destroy();
    container.remove();
  }
}
