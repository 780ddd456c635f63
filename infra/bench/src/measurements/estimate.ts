import { setInterval as every } from 'node:timers/promises';
import { type EstimateInput, estimate, setCells } from '@tidemark/documents/estimate';
import { createEditor, createReader } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import { createEstimate } from '@tidemark/trials/harness/estimate';
import { type Person, signUp, syncUrl } from '@tidemark/trials/harness/people';
import { Writer } from '@tidemark/trials/harness/writer';
import * as Y from 'yjs';
import { names } from '../goal.ts';
import { type Measurement, Sheet } from '../stage.ts';
import { median, quantile } from '../statistics.ts';
import { measureScreen } from './estimate-screen.ts';

const people = 10;

/** 2,000 lines, ten people who write twice a second each: on the wire, in a replica, and on a screen. */
export const estimates: Measurement = {
  name: 'estimate',
  async run(stage) {
    const sheet = new Sheet();
    const ours = stage.contenders.find(({ name }) => name === names.ours);
    if (ours === undefined) return [];
    const { url } = await ours.newRoom();
    const origin = `http://${new URL(url).host}`;
    const person = await signUp(origin, 'Estimator');
    const id = await createEstimate(origin, person, 'Tower', { sections: tower() });
    const crowd = await gather(origin, person, id);
    for (let round = 0; round < stage.rounds; round += 1) {
      stage.say(`an estimate, round ${round + 1}`);
      const figures = { ...replica(crowd[0]!.doc), ...(await write(crowd, stage.quick ? 4 : 10)) };
      const screen = await measureScreen(origin, person, id, () => write(crowd, stage.quick ? 4 : 10));
      for (const [measured, [value, unit]] of Object.entries({ ...figures, ...screen }))
        sheet.add({ measured: `2,000 lines: ${measured}`, unit, better: 'less' }, names.ours, value);
    }
    for (const writer of crowd) writer.close();
    return sheet.rows;
  },
};

export type Figures = Readonly<Record<string, readonly [value: number, unit: string]>>;

/** Ten sections of 200 lines. */
function tower(): EstimateInput['sections'] {
  return Array.from({ length: 10 }, (_, section) => ({
    id: `s${section}`,
    name: `Floor ${section + 1}`,
    lines: Array.from({ length: 200 }, (_, at) => ({
      id: `l${section}-${at}`,
      code: `0${section}.${at}`,
      name: `Partition wall, metal studs, both sides, ${section + 1}.${at + 1}`,
      qty: 3_250_000 + at * 10_000,
      unit: 'sf',
      unitCost: 104_500 + at,
      wasteBp: 500,
      kind: 'mat',
    })),
  }));
}

async function gather(origin: string, person: Person, id: string): Promise<Writer[]> {
  const crowd: Writer[] = [];
  for (let n = 0; n < people; n += 1) {
    const writer = new Writer(await syncUrl(origin, person, id), `person ${n}`);
    await writer.untilLive();
    crowd.push(writer);
  }
  return crowd;
}

/** What one replica costs whoever opens it. */
function replica(doc: Y.Doc): Figures {
  const state = Y.encodeStateAsUpdate(doc);
  const cpu = process.cpuUsage();
  const opened = new Y.Doc();
  Y.applyUpdate(opened, state);
  calculate(createReader(opened, estimate).view());
  const { user, system } = process.cpuUsage(cpu);
  return {
    'state, v1': [state.length / 1_024, 'KB'],
    'state, v2': [Y.encodeStateAsUpdateV2(doc).length / 1_024, 'KB'],
    'load, view and totals: CPU': [(user + system) / 1_000, 'ms'],
  };
}

/** Everybody writes twice a second, one after the other; a reader of each replica tells when its view has it. */
async function write(crowd: readonly Writer[], seconds: number): Promise<Figures> {
  const [delays, bytes, reckoned]: number[][] = [[], [], []];
  let due: { id: string; qty: number; at: number; left: Set<number> } | null = null;
  const stops = crowd.map(({ doc }, n) => {
    const reader = createReader(doc, estimate);
    calculate(reader.view());
    const heard = (update: Uint8Array, origin: unknown) => {
      if (origin !== crowd[n]) bytes!.push(update.length);
      const began = performance.now();
      const view = reader.view();
      calculate(view);
      reckoned!.push(performance.now() - began);
      if (due === null || !due.left.has(n) || view.lines.get(due.id)?.qty !== due.qty) return;
      due.left.delete(n);
      delays!.push(performance.now() - due.at);
    };
    doc.on('update', heard);
    return () => doc.off('update', heard);
  });
  const editors = crowd.map(({ doc }) => createEditor(doc, estimate.schema));
  let n = 0;
  for await (const _ of every(500 / people)) {
    if (n >= seconds * 2 * people) break;
    const who = n % people;
    const id = `l${n % 10}-${(n * 7) % 40}`;
    const qty = 1_000_000 + Math.floor(performance.now() * 1_000);
    due = { id, qty, at: performance.now(), left: new Set(crowd.keys()) };
    due.left.delete(who);
    setCells(editors[who]!, [{ id, column: 'qty', value: qty }]);
    n += 1;
  }
  for (const stop of stops) stop();
  return {
    'edit to the views and totals of 9 others, p50': [median(delays!), 'ms'],
    'edit to the views and totals of 9 others, p95': [quantile(delays!, 0.95), 'ms'],
    'an edit on the wire': [median(bytes!), 'bytes'],
    'view and totals after one edit, p50': [median(reckoned!), 'ms'],
    'view and totals after one edit, p95': [quantile(reckoned!, 0.95), 'ms'],
  };
}
