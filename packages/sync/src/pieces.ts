import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** A piece this small is applied in a few milliseconds. */
const structsPerPiece = 1_000;
const bytesPerPiece = 64 * 1024;
/** Deletions are looked up one range at a time. */
const rangesPerPiece = 1_000;

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded['structs'][number];

/** The structs of one writer that wait to be put out, in the order of their clocks. */
interface Queue {
  readonly structs: Struct[];
  next: number;
}

/**
 * One update as many small ones, each of which can be applied once those before it are: what a struct refers to is put out
 * before it, deletions come last. Applied in this order they make what the update itself makes, gaps included. A value is
 * never cut in two. Throws if the update cannot be decoded.
 */
export function cut(update: Uint8Array): readonly Uint8Array[] {
  if (update.length <= bytesPerPiece / 4) return [update];
  const decoded = Y.decodeUpdate(update);
  const pieces: Uint8Array[] = [];
  let piece = new Piece();
  for (const struct of inCausalOrder(decoded.structs)) {
    if (piece.full || !piece.continues(struct)) {
      pieces.push(piece.encode());
      piece = new Piece();
    }
    piece.add(struct);
  }
  pieces.push(piece.encode(), ...deletionsOf(decoded));
  return pieces;
}

/** Depth first along what structs refer to, as Yjs itself integrates them: linear in their number. */
function* inCausalOrder(structs: readonly Struct[]): Generator<Struct> {
  const queues = new Map<number, Queue>();
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const queue = queues.get(struct.id.client);
    if (queue === undefined) queues.set(struct.id.client, { structs: [struct], next: 0 });
    else queue.structs.push(struct);
  }
  const stack: Struct[] = [];
  for (const queue of queues.values()) {
    while (queue.next < queue.structs.length) {
      let struct = take(queue);
      for (;;) {
        const waitsFor = queueBefore(struct, queues);
        if (waitsFor !== null) {
          stack.push(struct);
          struct = take(waitsFor);
          continue;
        }
        yield struct;
        const below = stack.pop();
        if (below === undefined) break;
        struct = below;
      }
    }
  }
}

function take(queue: Queue): Struct {
  const struct = queue.structs[queue.next];
  if (struct === undefined) throw new Error('A queue was read beyond its end.');
  queue.next += 1;
  return struct;
}

/** The queue that still holds something `struct` refers to. What is in no queue was there before, or will never be. */
function queueBefore(struct: Struct, queues: ReadonlyMap<number, Queue>): Queue | null {
  if (!(struct instanceof Y.Item)) return null;
  for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
    if (!(id instanceof Y.ID) || id.client === struct.id.client) continue;
    const queue = queues.get(id.client);
    const first = queue?.structs[queue.next];
    if (queue !== undefined && first !== undefined && id.clock >= first.id.clock) return queue;
  }
  return null;
}

/** The structs of one writer inside a piece: consecutive, or with skips between. */
interface Run {
  readonly encoder: Y.UpdateEncoderV1;
  readonly start: number;
  end: number;
  count: number;
}

class Piece {
  readonly #runs = new Map<number, Run>();
  #structs = 0;
  #bytes = 0;

  get full(): boolean {
    return this.#structs >= structsPerPiece || this.#bytes >= bytesPerPiece;
  }

  /** False when a later struct of the same writer is in the piece already, which only a circle of references brings about. */
  continues(struct: Struct): boolean {
    return (this.#runs.get(struct.id.client)?.end ?? 0) <= struct.id.clock;
  }

  add(struct: Struct): void {
    const { client, clock } = struct.id;
    const run = this.#runs.get(client) ?? {
      encoder: new Y.UpdateEncoderV1(),
      start: clock,
      end: clock,
      count: 0,
    };
    this.#runs.set(client, run);
    if (run.end < clock) {
      new Y.Skip(Y.createID(client, run.end), clock - run.end).write(run.encoder, 0);
      run.count += 1;
    }
    const before = encoding.length(run.encoder.restEncoder);
    struct.write(run.encoder, 0);
    run.count += 1;
    run.end = clock + struct.length;
    this.#structs += 1;
    this.#bytes += encoding.length(run.encoder.restEncoder) - before;
  }

  encode(): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, this.#runs.size);
      for (const [client, run] of this.#runs) {
        encoding.writeVarUint(encoder, run.count);
        encoding.writeVarUint(encoder, client);
        encoding.writeVarUint(encoder, run.start);
        encoding.writeUint8Array(encoder, run.encoder.toUint8Array());
      }
      encoding.writeVarUint(encoder, 0);
    });
  }
}

/** The deletions that the structs of the update do not show by themselves, a thousand ranges at a time. */
function deletionsOf({ structs, ds }: Decoded): Uint8Array[] {
  const shown = deletedRuns(structs);
  const left = [...ds.clients].flatMap(([client, ranges]) =>
    ranges
      .filter(({ clock, len }) => !isWithin(shown.get(client) ?? [], clock, clock + len))
      .map(({ clock, len }) => ({ client, clock, len })),
  );
  const pieces: Uint8Array[] = [];
  for (let i = 0; i < left.length; i += rangesPerPiece) {
    const some = Map.groupBy(left.slice(i, i + rangesPerPiece), ({ client }) => client);
    pieces.push(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarUint(encoder, some.size);
        for (const [client, ranges] of some) {
          encoding.writeVarUint(encoder, client);
          encoding.writeVarUint(encoder, ranges.length);
          for (const { clock, len } of ranges) {
            encoding.writeVarUint(encoder, clock);
            encoding.writeVarUint(encoder, len);
          }
        }
      }),
    );
  }
  return pieces;
}

interface Span {
  readonly from: number;
  to: number;
}

/** Per writer, what the structs themselves say is deleted, in the order of clocks. */
function deletedRuns(structs: readonly Struct[]): Map<number, Span[]> {
  const runs = new Map<number, Span[]>();
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    if (struct instanceof Y.Item && !(struct.content instanceof Y.ContentDeleted)) continue;
    const { client, clock } = struct.id;
    const spans = runs.get(client) ?? [];
    runs.set(client, spans);
    const last = spans.at(-1);
    if (last !== undefined && last.to === clock) last.to = clock + struct.length;
    else spans.push({ from: clock, to: clock + struct.length });
  }
  return runs;
}

/** By halves: a document may have a hundred thousand deleted runs. */
function isWithin(spans: readonly Span[], from: number, to: number): boolean {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span === undefined) return false;
    if (span.to <= from) low = middle + 1;
    else if (span.from > from) high = middle - 1;
    else return to <= span.to;
  }
  return false;
}
