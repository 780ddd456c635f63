import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type ServerProcess, signalIfThere, startServer } from '../harness/server-process.ts';

const clockModule = new URL('./moved-clock.ts', import.meta.url).href;

export interface SeatOptions {
  readonly dataDir: string;
  /** Where this seat keeps its clock's offset. */
  readonly scratch: string;
  readonly name: string;
  readonly environment: () => Record<string, string>;
}

/** A place for one server process: always the same port, whoever sits on it. */
export class Seat {
  readonly name: string;
  readonly origin: string;
  private readonly options: SeatOptions;
  private readonly clockFile: string;
  private process: ServerProcess | null = null;

  private constructor(options: SeatOptions, port: number) {
    this.options = options;
    this.name = options.name;
    this.origin = `http://127.0.0.1:${port}`;
    this.clockFile = join(options.scratch, `clock-of-${options.name}`);
    writeFileSync(this.clockFile, '0');
  }

  static async make(options: SeatOptions): Promise<Seat> {
    return new Seat(options, await freePort());
  }

  get taken(): boolean {
    return this.process !== null;
  }

  get pid(): number {
    if (this.process === null) throw new Error(`nobody sits on ${this.name}`);
    return this.process.pid;
  }

  /** The end of its log. */
  lastWords(): string {
    const lines = this.process?.log().split('\n').slice(-6) ?? ['nobody is there'];
    return lines.map((line) => `${this.name}: ${line.slice(0, 400)}`).join('\n');
  }

  /** Resolves when somebody serves here; `began` hears the process id before. */
  async start(began?: (pid: number) => void): Promise<void> {
    const environment = {
      ...this.options.environment(),
      PORT: new URL(this.origin).port,
      NODE_OPTIONS: `--import=${clockModule}`,
      CLOCK_FILE: this.clockFile,
    };
    this.process = await startServer(this.options.dataDir, environment, began);
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name);
  }

  async kill(): Promise<void> {
    const dying = this.process;
    if (dying === null) return;
    this.process = null;
    signalIfThere(dying.pid, 'SIGKILL');
    await dying.ended;
  }

  /** SIGTERM; resolves to its exit code or signal. */
  async terminate(): Promise<number | string> {
    const leaving = this.process;
    if (leaving === null) throw new Error(`nobody sits on ${this.name}`);
    this.process = null;
    process.kill(leaving.pid, 'SIGTERM');
    return leaving.ended;
  }

  /** Moves the wall clock of the process, running or yet to start, to `ms` beside the true one. */
  moveClock(ms: number): void {
    writeFileSync(this.clockFile, String(ms));
    if (this.process !== null) this.signal('SIGUSR2');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
