import * as Y from 'yjs';
import { awarenessFrame, bytes, deletion, many, raw, stepOne, update, updateFrame } from './bytes.ts';

/** What came of one hostile frame: `stored` means taken like any other (it may wait for what it refers to). */
export type Verdict = 'stored' | `closed ${number}` | `told ${string}`;

export interface HostileFrame {
  readonly name: string;
  /** The answers that are right. */
  readonly expected: readonly Verdict[];
  /** One message; `random` is in [0, 1). */
  make(random: Random, victim: Victim): Uint8Array;
}

type Random = () => number;

/** Somebody honest in the same document. */
export interface Victim {
  /** Present under this client ID. */
  readonly clientId: number;
}

const malformed: readonly Verdict[] = ['closed 4400'];
const tooLarge: readonly Verdict[] = ['closed 4413'];
/** Content with a gap waits, and once too much waits it is refused. */
const waits: readonly Verdict[] = ['stored', 'closed 4400'];
const anything: readonly Verdict[] = ['stored', 'closed 4400', 'closed 4413'];
const whatever: readonly Verdict[] = [...anything, 'told too-large', 'told foreign-client-id'];

const nestedJson = '['.repeat(100_000) + ']'.repeat(100_000);

export const hostileFrames: readonly HostileFrame[] = [
  frame('a frame cut short', malformed, (random) => {
    const whole = updateFrame(realUpdate(random));
    return whole.subarray(0, below(random, whole.length));
  }),
  frame('an update cut short', malformed, (random) => {
    const whole = realUpdate(random);
    return updateFrame(whole.subarray(0, below(random, whole.length)));
  }),
  frame('an update with changed bytes', anything, (random) =>
    updateFrame(mutated(random, realUpdate(random))),
  ),
  frame('a frame with changed bytes', whatever, (random) => mutated(random, updateFrame(realUpdate(random)))),
  frame('noise', whatever, (random) =>
    Uint8Array.from({ length: below(random, 400) }, () => below(random, 256)),
  ),
  frame('bytes left over', malformed, (random) => bytes(updateFrame(realUpdate(random)), raw(0))),
  frame('an unknown type', malformed, (random) => bytes(4 + below(random, 90), realUpdate(random))),
  frame('a frame that only the server sends', malformed, (random) =>
    bytes(100 + below(random, 5), 1, 1, 0, 0),
  ),
  frame('a denial of rights', malformed, () => bytes(2, 0, 'no')),
  frame('a number without an end', malformed, () => new Uint8Array(30).fill(255)),
  frame('a length of a terabyte', malformed, (random) => bytes(0, below(random, 3), 2 ** 40, raw(1, 2, 3))),

  frame('a clock beyond counting', malformed, (random) =>
    updateFrame(update(1, id(random), Number.MAX_SAFE_INTEGER, item(raw(1, 1), 'm'))),
  ),
  frame('a clock of a quadrillion', waits, (random) =>
    updateFrame(update(1, id(random), 2 ** 50, item(raw(4), 'm', 'x'))),
  ),
  frame('an unknown parent', waits, (random) =>
    updateFrame(update(1, id(random), 0, bytes(raw(8), 0, id(random), below(random, 1e6), 1, raw(127)))),
  ),
  frame('an unknown origin', waits, (random) =>
    updateFrame(update(1, id(random), 0, bytes(raw(128 | 8), id(random), 7, 1, raw(127)))),
  ),
  frame('origins in a circle', waits, (random) => {
    const [one, two] = [id(random), id(random)];
    const after = (other: number) => bytes(raw(128 | 8), other, 0, 1, raw(127));
    return updateFrame(bytes(2, 1, one, 0, after(two), 1, two, 0, after(one), 0));
  }),
  frame('an item after itself', malformed, (random) => {
    const one = id(random);
    return updateFrame(update(1, one, 0, bytes(raw(128 | 8), one, 0, 1, raw(127))));
  }),
  frame('a hole', waits, (random) =>
    updateFrame(update(1, id(random), 0, bytes(raw(10), 1 + below(random, 1e9)))),
  ),
  frame('deletions of what nobody has', waits, (random) =>
    updateFrame(deletion(id(random), [2 ** 30, 2 ** 40])),
  ),
  frame('a deletion of nothing', malformed, (random) => updateFrame(deletion(id(random), [1, 0]))),
  frame('content of no length', malformed, (random) =>
    updateFrame(update(1, id(random), 0, item(raw(8), 'm', 0))),
  ),

  heavy('an object 100,000 deep', malformed, (random) => {
    const deep = many(100_000, () => bytes(raw(118), 1, 'k'));
    return updateFrame(update(1, id(random), 0, item(raw(8), 'm', 1, deep, raw(126))));
  }),
  frame('JSON 100,000 deep', malformed, (random) =>
    updateFrame(update(1, id(random), 0, item(raw(5), 'm', nestedJson))),
  ),
  frame('a format 100,000 deep', malformed, (random) =>
    updateFrame(update(1, id(random), 0, item(raw(6), 'm', 'bold', nestedJson))),
  ),
  heavy('types 5,000 deep', malformed, (random) => {
    const one = id(random);
    const inside = many(4_999, (index) => bytes(raw(7 | 32), 0, one, index, 'k', 1));
    return updateFrame(update(5_000, one, 0, bytes(raw(7 | 32), 1, 'm', 'k', 1, inside)));
  }),
  heavy('100,000 documents in one', tooLarge, (random) => {
    const one = id(random);
    const rest = many(99_999, (index) => bytes(raw(128 | 9), one, index, 'g', raw(118, 0)));
    return updateFrame(update(100_000, one, 0, bytes(raw(9), 1, 'm', 'g', raw(118, 0), rest)));
  }),
  heavy('two million structs', tooLarge, (random) => {
    const empties = Buffer.alloc(4_000_000, raw(0, 1));
    return updateFrame(update(2_000_000, id(random), 0, empties));
  }),
  heavy('two million objects', tooLarge, (random) =>
    updateFrame(update(1, id(random), 0, item(raw(8), 'm', 2_000_000, Buffer.alloc(4_000_000, raw(118, 0))))),
  ),
  heavy('20,000 roots', tooLarge, (random) => {
    const one = id(random);
    return updateFrame(
      update(
        20_000,
        one,
        0,
        many(20_000, (index) => item(raw(8), `r${index}`, 1, raw(127))),
      ),
    );
  }),

  frame('a billion writers follow', malformed, () => updateFrame(bytes(1e9, 1))),
  frame('a billion structs follow', malformed, (random) =>
    updateFrame(bytes(1, 1e9, id(random), 0, raw(0, 1))),
  ),
  frame('a billion values follow', malformed, (random) =>
    updateFrame(update(1, id(random), 0, item(raw(8), 'm', 1e9, raw(127)))),
  ),
  frame('a billion deletions follow', malformed, (random) => updateFrame(bytes(0, 1, id(random), 1e9, 1, 1))),
  frame('a billion entries follow', malformed, () => stepOne(bytes(1e9, 1, 1))),
  heavy('a state vector of a million writers', tooLarge, () =>
    stepOne(
      bytes(
        1_000_000,
        many(1_000_000, (index) => bytes(1e6 + index, 1)),
      ),
    ),
  ),
  frame('a state vector of nonsense', ['stored', ...malformed], (random) =>
    stepOne(mutated(random, bytes(2, 1, 1, 2, 2))),
  ),

  frame('a billion states follow', malformed, () => awarenessFrame(bytes(1e9, 1, 1, '{}'))),
  frame('a thousand states', ['told too-large'], (random) =>
    awarenessFrame(
      bytes(
        1_000,
        many(1_000, (index) => bytes(id(random), index, '{}')),
      ),
    ),
  ),
  frame('a state of a megabyte', ['told too-large'], (random) =>
    awarenessFrame(bytes(1, id(random), 1, JSON.stringify('x'.repeat(1e6)))),
  ),
  frame('a state 100,000 deep', ['told too-large'], (random) =>
    awarenessFrame(bytes(1, id(random), 1, nestedJson)),
  ),
  frame('a state 4,000 deep', malformed, (random) =>
    awarenessFrame(bytes(1, id(random), 1, '['.repeat(4_000) + ']'.repeat(4_000))),
  ),
  frame('a state that is no JSON', malformed, (random) => awarenessFrame(bytes(1, id(random), 1, '{'))),
  frame('somebody else’s presence', ['told foreign-client-id'], (_random, { clientId }) =>
    awarenessFrame(bytes(1, clientId, 1_000_000, '{"name":"me"}')),
  ),
  frame('somebody else’s leaving', ['stored'], (_random, { clientId }) =>
    awarenessFrame(bytes(1, clientId, 1_000_000, 'null')),
  ),
];

function frame(name: string, expected: readonly Verdict[], make: HostileFrame['make']): HostileFrame {
  return { name, expected, make };
}

/** A frame that takes long to make is made once. */
function heavy(
  name: string,
  expected: readonly Verdict[],
  make: (random: Random) => Uint8Array,
): HostileFrame {
  let made: Uint8Array | null = null;
  return frame(name, expected, (random) => {
    made ??= make(random);
    return made;
  });
}

/** The first item in a root. */
function item(
  info: Uint8Array,
  root: string,
  ...content: readonly (number | string | Uint8Array)[]
): Uint8Array {
  return bytes(info.subarray(0, 1), 1, root, info.subarray(1), ...content);
}

/** A client ID that nobody honest has: those of Yjs are below 2^32. */
function id(random: Random): number {
  return 2 ** 32 + below(random, 2 ** 20);
}

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** What an editor sends: text, formats, nested types, deletions, by one or two writers. */
function realUpdate(random: Random): Uint8Array {
  const one = new Y.Doc();
  one.clientID = id(random);
  const text = one.getText('text');
  for (let edits = 1 + below(random, 8); edits > 0; edits -= 1) {
    text.insert(below(random, text.length + 1), 'words '.repeat(1 + below(random, 3)));
    if (random() < 0.3) text.format(0, text.length, { bold: true });
    if (random() < 0.3) text.delete(0, 1 + below(random, text.length - 1));
    one
      .getMap('map')
      .set(`k${below(random, 4)}`, random() < 0.5 ? { a: [1, null, 'x'] } : new Y.Map([['b', 2]]));
    one.getArray('list').push([edits, new Y.Array()]);
  }
  if (random() < 0.5) return Y.encodeStateAsUpdate(one);
  const two = new Y.Doc();
  two.clientID = id(random);
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  two.getText('text').insert(below(random, two.getText('text').length), '!');
  two.getMap('map').delete('k1');
  return random() < 0.5 ? Y.encodeStateAsUpdate(two) : Y.encodeStateAsUpdate(two, Y.encodeStateVector(one));
}

function mutated(random: Random, whole: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(whole);
  for (let changes = 1 + below(random, 3); changes > 0; changes -= 1) {
    changed[below(random, changed.length)] =
      random() < 0.3 ? [0, 1, 127, 128, 255][below(random, 5)]! : below(random, 256);
  }
  return changed;
}
