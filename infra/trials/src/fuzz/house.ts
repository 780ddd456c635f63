import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer, createDocument, type Person, signUp, signUpInvited } from '../harness/people.ts';
import { killAll, type ServerProcess, startServer } from '../harness/server-process.ts';
import type { Target } from './connection.ts';

const weighed = new URL('./weighed.ts', import.meta.url).href;

/** Bytes of heap after a collection, and resident bytes. */
export interface Weight {
  readonly heap: number;
  readonly rss: number;
}

/** One server process, somebody honest, and somebody of the same company who is not. */
export class FuzzHouse {
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'tidemark-fuzz-'));
  private readonly heapFile = join(this.dataDir, 'heap');
  private process: ServerProcess | null = null;
  private ana: Person | null = null;
  private tokens = { honest: '', hostile: '' };

  static async open(): Promise<FuzzHouse> {
    const house = new FuzzHouse();
    await house.start();
    const { origin } = house;
    const ana = await signUp(origin, 'Ana');
    const mallory = await signUpInvited(origin, ana, 'Mallory', 'editor');
    house.ana = ana;
    house.tokens = { honest: await tokenOf(origin, ana), hostile: await tokenOf(origin, mallory) };
    return house;
  }

  get origin(): string {
    return this.server.origin;
  }

  /** A fresh document that both may edit. */
  async document(title: string): Promise<string> {
    if (this.ana === null) throw new Error('nobody has signed up');
    return createDocument(this.origin, this.ana, title);
  }

  at(documentId: string, who: 'honest' | 'hostile'): Target {
    return { origin: this.origin, documentId, token: this.tokens[who] };
  }

  /** Kills everything, and starts a process that knows nothing but what is stored. */
  async restart(): Promise<void> {
    await killAll(this.server, this.dataDir, 'all');
    await this.start();
  }

  async weigh(): Promise<Weight> {
    rmSync(this.heapFile, { force: true });
    this.server.signal('SIGUSR2');
    await until(() => existsSync(this.heapFile), 30_000, 'the server does not say what it weighs');
    return JSON.parse(readFileSync(this.heapFile, 'utf8')) as Weight;
  }

  /** Weighs again and again, while something may still be on its way out; throws when it never is below `heap` bytes. */
  async weighUntil(heap: number, ms: number): Promise<Weight> {
    const deadline = performance.now() + ms;
    for (;;) {
      const weight = await this.weigh();
      if (weight.heap <= heap) return weight;
      if (performance.now() > deadline)
        throw new Error(`the server keeps ${weight.heap} bytes of heap, more than ${heap}`);
    }
  }

  /** One figure of `/metrics`. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.origin}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`${name} `));
    if (line === undefined) throw new Error(`there is no ${name}`);
    return Number(line.split(' ')[1]);
  }

  lastWords(): string {
    const lines = this.server.log().split('\n').slice(-8);
    return lines.map((line) => line.slice(0, 500)).join('\n');
  }

  async close(): Promise<void> {
    if (this.process !== null) await killAll(this.process, this.dataDir, 'all');
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private get server(): ServerProcess {
    if (this.process === null) throw new Error('no server runs');
    return this.process;
  }

  private async start(): Promise<void> {
    this.process = await startServer(this.dataDir, {
      LOG_LEVEL: 'warn',
      NODE_OPTIONS: `--import=${weighed}`,
      HEAP_FILE: this.heapFile,
    });
  }
}

async function tokenOf(origin: string, person: Person): Promise<string> {
  const made = person.call(origin, 'POST', '/api/tokens', { name: 'fuzz' });
  return (await answer<{ token: string }>(made, 201)).token;
}

/** Looks again and again; throws what was not so in time. */
export async function until(
  met: () => boolean | Promise<boolean>,
  ms: number,
  otherwise: string,
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await met())) {
    if (performance.now() > deadline) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
