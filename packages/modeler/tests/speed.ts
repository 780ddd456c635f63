/**
 * How long the canvas's own part of an edit takes, and others' edits, in Chromium: `node packages/modeler/tests/speed.ts [tasks]`.
 * Of bpmn-js's own command nothing is counted; of many edits the quickest and the middle one are told.
 */
import type { EventBus } from '../src/bpmn-js.ts';
import { openCanvasBrowser } from './browser.ts';
import type {} from './page/main.ts';

const tasks = Number(process.argv[2] ?? 1000);
const browser = await openCanvasBrowser();
const page = await browser.open();
const figures = await page.evaluate(
  async ({ xml, tasks }) => {
    const { open, seed, Y } = window.desk;
    const update = await seed(xml);
    const began = performance.now();
    const ana = await open(update);
    const opening = performance.now() - began;
    const ben = await open(update);
    let start = 0;
    const local: number[] = [];
    const remote: number[] = [];
    const events = ana.canvas.get<EventBus>('eventBus');
    events.on('commandStack.changed', 5000, () => {
      start = performance.now();
    });
    events.on('commandStack.changed', 1, () => {
      local.push(performance.now() - start);
    });
    const modeling = ana.get('modeling');
    const any = (index: number) => ana.at(`Task_${(index * 37) % tasks}`);
    const edits: Record<string, (index: number) => void> = {
      move: (index) => modeling.moveElements([any(index)], { x: 10, y: 5 }),
      rename: (index) => modeling.updateLabel(any(index), `Name ${index}`),
      append: (index) =>
        modeling.appendShape(
          any(index),
          { type: 'bpmn:Task' },
          { x: index * 10, y: -200 },
          any(index).parent!,
        ),
      remove: (index) => modeling.removeElements([ana.at(`Task_${tasks - 1 - index * 3}`)]),
    };
    const told = (times: number[]) => {
      const sorted = [...times].sort((a, b) => a - b);
      return `${sorted[0]!.toFixed(1)} / ${sorted[sorted.length >> 1]!.toFixed(1)} ms`;
    };
    const rows: Record<string, string> = { opening: `${opening.toFixed(0)} ms` };
    for (const [name, edit] of Object.entries(edits)) {
      local.length = 0;
      remote.length = 0;
      for (let index = 0; index < 40; index += 1) {
        const from = ana.updates.length;
        edit(index);
        for (const bytes of ana.updates.slice(from)) {
          const at = performance.now();
          Y.applyUpdate(ben.doc, bytes, 'network');
          remote.push(performance.now() - at);
        }
      }
      rows[name] = `local ${told(local)}, others' ${told(remote)}`;
    }
    return { records: ana.reader.view().elements.size, ...rows };
  },
  { xml: chainOf(tasks), tasks },
);
console.log(figures);
await browser.close();

/** Tasks in rows, each with a flow to the next. */
function chainOf(count: number): string {
  const columns = 40;
  const place = (index: number) => ({ x: 150 * (index % columns), y: 120 * Math.floor(index / columns) });
  const semantic: string[] = [];
  const drawn: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { x, y } = place(index);
    semantic.push(`<bpmn:task id="Task_${index}" name="Task number ${index}" />`);
    drawn.push(
      `<bpmndi:BPMNShape id="Shape_${index}" bpmnElement="Task_${index}"><dc:Bounds x="${x}" y="${y}" width="100" height="80" /></bpmndi:BPMNShape>`,
    );
    if (index === 0) continue;
    const from = place(index - 1);
    semantic.push(
      `<bpmn:sequenceFlow id="Flow_${index}" sourceRef="Task_${index - 1}" targetRef="Task_${index}" />`,
    );
    drawn.push(
      `<bpmndi:BPMNEdge id="Edge_${index}" bpmnElement="Flow_${index}"><di:waypoint x="${from.x + 100}" y="${from.y + 40}" /><di:waypoint x="${x}" y="${y + 40}" /></bpmndi:BPMNEdge>`,
    );
  }
  return `<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn"><bpmn:process id="Process_1">${semantic.join('')}</bpmn:process><bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="Process_1">${drawn.join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>`;
}
