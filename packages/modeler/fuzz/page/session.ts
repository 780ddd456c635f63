import { toXml } from '@tidemark/bpmn';
import * as Y from 'yjs';
import { chanceOf, seedOf } from '../chance.ts';
import { knownFault } from '../known-faults.ts';
import type { Outcome, Problem } from '../outcome.ts';
import type { Plan, Step } from '../plan.ts';
import type { OperationName } from '../weights.ts';
import { breathe, pass } from './ambient.ts';
import { check, firstDifference, plain } from './checks.ts';
import { createHand, type Hand } from './hand.ts';
import { createNetwork } from './network.ts';
import { openReplica, type Replica } from './replica.ts';
import { startFile } from './start-files.ts';

/** Plays a plan to its end, or to the first step after which a rule is broken. */
export async function runSession(plan: Plan): Promise<Outcome> {
  const log: string[] = [];
  const problems: Problem[] = [];
  const network = createNetwork();
  const hands: Hand[] = [];
  const tally = {
    operations: 0,
    compared: 0,
    known: new Map<string, number>(),
    done: new Map<string, number>(),
  };
  let at = -1;

  const report = (rule: string, text: string) => {
    if (problems.length < 20) problems.push({ rule, step: at, text });
  };
  const stopListening = listenForComplaints((text) => {
    if (knownFault(text) === null) report('CANVAS-50', text);
  });
  const seed = await startFile(plan.file);
  breathe(plan.seed);

  const join = async (reads: boolean) => {
    const replica = await openReplica(seed, {
      clientId: 1000 + hands.length,
      reads,
      enter: (doc) => network.enter(doc),
    });
    hands.push(createHand(replica, { report, tally, log }));
  };

  const settle = async () => {
    for (const hand of hands) await hand.letGo();
    network.settle();
    await turn();
  };

  const compareAll = async () => {
    const fresh = await openReplica(Y.encodeStateAsUpdate(replicaOf(0).doc), {
      clientId: 999,
      reads: true,
      enter: () => undefined,
    });
    const written = () => hands.map(({ replica }) => replica.done.length).join();
    const before = written();
    const xml = await check(
      hands.map(({ replica }) => replica),
      fresh,
      report,
    );
    if (written() !== before) report('CANVAS-52', 'a canvas wrote while nobody did anything');
    fresh.destroy();
    tally.compared += 1;
    log.push(`settled ${hashOf(xml)}`);
  };

  const replicaOf = (index: number): Replica => {
    const hand = hands[index];
    if (hand === undefined) throw new Error(`There is no canvas ${index}.`);
    return hand.replica;
  };

  const play = async (step: Step): Promise<void> => {
    if (step.do === 'settle') {
      await settle();
      await compareAll();
      return;
    }
    if (step.do === 'join') return join(step.reads);
    const hand = hands[step.at];
    // A plan made shorter may have lost the step by which somebody joined.
    if (hand === undefined) return;
    const { replica } = hand;
    if (step.do === 'edit') await hand.edit(step.operation, step.salt);
    else if (step.do === 'undo' || step.do === 'redo') hand.takeBack(step.do);
    else if (step.do === 'deliver') log.push(`${network.deliver(replica.doc, chanceOf(step.salt))} updates`);
    else if (step.do === 'leave network') network.leave(replica.doc);
    else if (step.do === 'return') network.comeBack(replica.doc);
    else if (step.do === 'drag' || step.do === 'drop') await hand.drag(step.do, step.salt);
    else if (step.do === 'reopen') await replica.reopen();
    else if (step.do === 'there and back') await thereAndBack(hand, step.edits, step.salt);
  };

  const thereAndBack = async (hand: Hand, edits: readonly OperationName[], salt: number) => {
    await settle();
    const { replica } = hand;
    const view = () => plain(replicaOf(0).reader.view());
    const before = view();
    const from = replica.done.length;
    pass(10_000);
    for (const [index, operation] of edits.entries())
      await hand.edit(operation, seedOf(salt, `edit ${index}`));
    await settle();
    const after = view();
    const steps = new Set(replica.done.slice(from).map(({ gesture }) => gesture)).size;
    for (let i = 0; i < steps; i += 1) hand.takeBack('undo');
    await settle();
    if (view() !== before) report('CANVAS-48', `after undo ${firstDifference(view(), before)}`);
    await compareAll();
    for (let i = 0; i < steps; i += 1) hand.takeBack('redo');
    await settle();
    if (view() !== after) report('CANVAS-48', `after redo ${firstDifference(view(), after)}`);
    await compareAll();
  };

  try {
    for (let i = 0; i < plan.modelers; i += 1) await join(false);
    for (const [index, step] of plan.steps.entries()) {
      at = index;
      breathe(seedOf(plan.seed, `step ${step.salt}`));
      // Two changes of one text within a second and a half are one gesture.
      pass(step.salt % 4000);
      log.push(`${index} ${'at' in step ? `${step.at} ` : ''}${step.do}`);
      await play(step);
      await turn();
      for (const hand of hands) hand.hearFaults();
      if (problems.length > 0) break;
    }
  } catch (error) {
    report('CANVAS-50', `the session broke off: ${error instanceof Error ? error.stack : error}`);
  }
  const replicas = hands.map(({ replica }) => replica);
  const counts = {
    operations: tally.operations,
    written: sum(replicas.map(({ done }) => done.length)),
    received: sum(replicas.map(({ received }) => received)),
    undone: sum(replicas.map(({ done }) => done.filter(({ type }) => type !== 'command').length)),
    compared: tally.compared,
    elements: Math.max(...replicas.map(({ reader }) => reader.view().elements.size)),
  };
  const xml = await toXml(replicaOf(0).reader.view());
  for (const { replica } of hands) replica.destroy();
  await turn();
  stopListening();
  breathe(null);
  const hash = hashOf([...log, xml].join('\n'));
  const { known, done } = tally;
  return { hash, log, problems, counts, known: Object.fromEntries(known), done: Object.fromEntries(done) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** FNV-1a, as eight hexadecimal digits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

const channel = new MessageChannel();
channel.port1.start();

/** Resolves after all that is ready to run has run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.addEventListener('message', () => resolve(), { once: true });
    channel.port2.postMessage(null);
  });
}

/** What the page complains of while a session runs: exceptions that nobody caught, errors and warnings of the console. */
function listenForComplaints(tell: (text: string) => void): () => void {
  const { error, warn } = console;
  const onError = (event: ErrorEvent) => tell(`uncaught: ${event.error?.stack ?? event.message}`);
  const onRejection = (event: PromiseRejectionEvent) =>
    tell(`unhandled: ${event.reason?.stack ?? event.reason}`);
  console.error = (...said: unknown[]) => tell(`console.error: ${said.map(String).join(' ')}`);
  console.warn = (...said: unknown[]) => tell(`console.warn: ${said.map(String).join(' ')}`);
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  return () => {
    Object.assign(console, { error, warn });
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
  };
}
