import { isDeepStrictEqual } from 'node:util';
import { type EstimateView, estimate, estimateContent } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import * as Y from 'yjs';
import { createEstimate, roof } from '../harness/estimate.ts';
import { answer, signUp, signUpInvited } from '../harness/people.ts';
import { seededRandom } from '../harness/random.ts';
import { type Dice, gestures } from './gestures.ts';
import { enter, type Member } from './member.ts';
import { plainTotals } from './plain.ts';

export interface CrowdPlan {
  readonly origin: string;
  readonly people: number;
  /** Of all people together. */
  readonly commands: number;
  /** Of what is done; when it meets what of the others is up to the network. */
  readonly seed: number;
}

export interface CrowdReport {
  readonly done: number;
  readonly undone: number;
  readonly cuts: number;
  readonly lines: number;
  readonly bid: number;
  /** What is not as it should be; empty when all is well. */
  readonly differences: readonly string[];
}

/** Several people do what chance says to one estimate, each on a network that is cut and mended; then all are compared. */
export async function crowd({ origin, people, commands, seed }: CrowdPlan): Promise<CrowdReport> {
  const random = seededRandom(seed);
  const dice: Dice = {
    below: (count) => Math.floor(random() * count),
    one: (items) => items[Math.floor(random() * items.length)],
  };
  const owner = await signUp(origin, 'Person 0');
  const id = await createEstimate(origin, owner, 'Crowd', roof);
  const members: Member[] = [];
  for (let n = 0; n < people; n += 1) {
    const person = n === 0 ? owner : await signUpInvited(origin, owner, `Person ${n}`, 'editor');
    members.push(await enter(origin, person, id, random));
  }
  const tally = { done: 0, undone: 0, cuts: 0 };
  for (let n = 1; n <= commands; n += 1) {
    const member = members[dice.below(people)]!;
    const chance = random();
    if (chance < 0.02) {
      if (!member.isCut) tally.cuts += 1;
      await (member.isCut ? mend(member) : cut(member));
    } else if (chance < 0.1) {
      if (member.undo[chance < 0.08 ? 'undo' : 'redo']() !== null) tally.undone += 1;
    } else if (dice.one(gestures)?.(member.editor, member.view(), dice)) tally.done += 1;
    // Others' edits arrive between two commands; now and then all that is on its way does.
    await new Promise(setImmediate);
    if (n % 40 === 0) await Promise.all(members.map(({ isCut, provider }) => isCut || provider.flush()));
  }
  await Promise.all(members.map(mend));
  await Promise.all(members.map(({ provider }) => provider.flush()));
  await untilEqual(members.map(({ provider }) => provider.doc));

  const asked = owner.call(origin, 'GET', `/api/documents/${id}/content`);
  const { content } = await answer<{ content: Parameters<typeof plainTotals>[0] }>(asked, 200);
  const differences: string[] = [];
  const check = (what: string, found: unknown, ought: unknown) => {
    if (!isDeepStrictEqual(found, ought))
      differences.push(
        `${what}: ${JSON.stringify(found).slice(0, 300)} and not ${JSON.stringify(ought).slice(0, 300)}`,
      );
  };
  const plain = plainTotals(content);
  for (const [n, member] of members.entries()) {
    const { doc } = member.provider;
    const fresh = createReader(doc, estimate).view();
    for (const [how, view] of [
      ['as it grew', member.view()],
      ['read anew', fresh],
    ] as const) {
      check(`person ${n}, ${how}`, jsonOf(doc, view), content);
      const { base, riskExpected, cost, bid, tax, total } = calculate(view);
      check(`totals of person ${n}, ${how}`, { base, riskExpected, cost, bid, tax, total }, plain);
    }
  }
  const lines = members[0]!.view().lines.size;
  await Promise.all(members.map((member) => member.leave()));
  return { ...tally, lines, bid: plain.bid ?? 0, differences };
}

const jsonOf = (doc: Y.Doc, view: EstimateView): unknown =>
  JSON.parse(JSON.stringify(estimateContent(doc, view)));

async function cut(member: Member): Promise<void> {
  member.isCut = true;
  await member.cable.cut('sync');
}

async function mend(member: Member): Promise<void> {
  if (!member.isCut) return;
  await member.cable.mend();
  member.isCut = false;
  member.provider.retry();
}

/** All replicas hold the same. */
function untilEqual(docs: readonly Y.Doc[]): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const [first, ...others] = docs.map((doc) => Y.snapshot(doc));
      if (first !== undefined && others.some((other) => !Y.equalSnapshots(first, other))) return;
      for (const doc of docs) doc.off('update', look);
      resolve();
    };
    for (const doc of docs) doc.on('update', look);
    look();
  });
}
