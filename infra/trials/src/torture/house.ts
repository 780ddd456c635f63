import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { answer, createDocument, type Person, signUp } from '../harness/people.ts';
import { postgresPids, signalIfThere } from '../harness/server-process.ts';
import { storedUpdates } from '../harness/stored-updates.ts';
import { embeddedConnection, withDatabase } from './database.ts';
import { Seat } from './seat.ts';

const secret = 'the same for all processes of this house';

/**
 * One data directory, its Postgres, and two server processes on it: the first brings the embedded Postgres and minds it, the
 * second is given its address. What is acknowledged to anybody is noted, and looked for in the database itself.
 */
export class TortureHouse {
  readonly dataDir: string;
  readonly first: Seat;
  readonly second: Seat;
  private readonly base: string;
  private readonly acked = new Map<string, Set<string>>();
  private person: Person | null = null;
  private apiToken = '';
  /** The documents that are written to now. */
  documents: readonly string[] = [];

  private constructor(base: string, dataDir: string, first: Seat, second: Seat) {
    this.base = base;
    this.dataDir = dataDir;
    this.first = first;
    this.second = second;
  }

  /** `dataDir`: a directory of somebody else's, which is left behind. */
  static async open(dataDir?: string): Promise<TortureHouse> {
    const base = mkdtempSync(join(tmpdir(), 'tidemark-torture-'));
    const first = dataDir ?? join(base, 'first');
    mkdirSync(first, { recursive: true });
    const environment = {
      TIDEMARK_SECRET: secret,
      LOG_LEVEL: 'warn',
      // Starts are most of the time, and half of a start is compiling.
      NODE_COMPILE_CACHE: join(base, 'compiled'),
    };
    const house = new TortureHouse(
      base,
      first,
      await Seat.make({ dataDir: first, scratch: base, name: 'first', environment: () => environment }),
      await Seat.make({
        dataDir: join(base, 'second'),
        scratch: base,
        name: 'second',
        environment: () => ({ ...environment, DATABASE_URL: embeddedConnection(first).url }),
      }),
    );
    await house.first.start();
    await house.second.start();
    house.person = await signUp(house.first.origin, 'Ana');
    const made = house.person.call(house.first.origin, 'POST', '/api/tokens', { name: 'torture' });
    house.apiToken = (await answer<{ token: string }>(made, 201)).token;
    return house;
  }

  get token(): string {
    return this.apiToken;
  }

  /** Those that serve at present. */
  seats(): readonly Seat[] {
    return [this.first, this.second].filter((seat) => seat.taken);
  }

  /** New documents: an audit reads each from its first row, which would take ever longer. */
  async turnPage(titles: readonly string[]): Promise<void> {
    const person = this.person!;
    const [seat] = this.seats();
    if (seat === undefined) throw new Error('nobody serves');
    const made: string[] = [];
    for (const title of titles) made.push(await createDocument(seat.origin, person, title));
    for (const id of made) this.acked.set(id, new Set());
    this.documents = made;
  }

  note(documentId: string, keys: Iterable<string>): void {
    const known = this.acked.get(documentId)!;
    for (const key of keys) known.add(key);
  }

  ackedOf(documentId: string): ReadonlySet<string> {
    return this.acked.get(documentId)!;
  }

  get everyDocument(): readonly string[] {
    return [...this.acked.keys()];
  }

  postgres(): readonly number[] {
    return postgresPids(this.dataDir);
  }

  /** Acknowledged and not in the log, by SQL alone; throws when the log has a hole. */
  async audit(documentIds: readonly string[] = this.documents): Promise<readonly string[]> {
    return withDatabase(this.dataDir, async (client) => {
      const lost: string[] = [];
      for (const id of documentIds) {
        const updates = await storedUpdates(client, id);
        const hole = updates.findIndex(({ lsn }, index) => lsn !== index + 1);
        if (hole >= 0) throw new Error(`the log of ${id} has no LSN ${hole + 1}`);
        const doc = new Y.Doc();
        doc.transact(() => {
          for (const { update } of updates) Y.applyUpdate(doc, update);
        });
        const found = doc.getMap('writes');
        for (const key of this.ackedOf(id)) if (!found.has(key)) lost.push(key);
        doc.destroy();
      }
      return lost;
    });
  }

  async killPostgres(): Promise<number> {
    const pids = this.postgres();
    for (const pid of pids) signalIfThere(pid, 'SIGKILL');
    return pids.length;
  }

  signalPostgres(name: NodeJS.Signals): void {
    for (const pid of this.postgres()) signalIfThere(pid, name);
  }

  async close(): Promise<void> {
    for (const pid of this.postgres()) signalIfThere(pid, 'SIGCONT');
    await Promise.all([this.first.kill(), this.second.kill()]);
    await this.killPostgres();
    rmSync(this.base, { recursive: true, force: true });
  }
}
