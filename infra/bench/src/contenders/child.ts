import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Asked, Told } from '../processes/probe-messages.ts';

/** A contender's process, on a core of its own where the machine lets us choose. */
export interface Child {
  readonly pid: number;
  ask(what: Asked['ask']): Promise<Told>;
  /** Ends it and resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const probe = new URL('../processes/probe.ts', import.meta.url).href;

export interface ChildOptions {
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The line on stdout that says it is ready. */
  readonly ready: RegExp;
}

/** Starts a Node script on core 0 and resolves with its ready line when it has said so. */
export async function startChild({ script, env, ready }: ChildOptions): Promise<[Child, RegExpExecArray]> {
  const node = [process.execPath, '--expose-gc', '--import', probe, ...extraFlags(), script];
  const [command, ...args] = pinned ? ['taskset', '-c', '0', ...node] : node;
  const child: ChildProcess = spawn(command!, args, {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  const said: string[] = [];
  createInterface({ input: child.stderr! }).on('line', (line) => {
    said.push(line);
    if (said.length > 40) said.shift();
  });
  const line = await new Promise<RegExpExecArray>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const match = ready.exec(text);
      if (match) resolve(match);
    });
    ended.then(() => reject(new Error(`${script} ended before it was ready:\n${said.join('\n')}`)), reject);
  });
  return [asker(child, ended, () => said.join('\n')), line];
}

/** `BENCH_NODE_FLAGS=--cpu-prof` and the like, for whoever wants to know where a contender's time goes. */
function extraFlags(): string[] {
  return process.env.BENCH_NODE_FLAGS?.split(' ').filter(Boolean) ?? [];
}

/** How a process is ended that needs no mercy; a profile is written only by one that ends in order. */
export const hard: NodeJS.Signals = extraFlags().length > 0 ? 'SIGTERM' : 'SIGKILL';

function asker(child: ChildProcess, ended: Promise<unknown>, said: () => string): Child {
  const waiting = new Map<number, (told: Told) => void>();
  let asked = 0;
  child.on('message', (message: Told) => {
    waiting.get(message.probe)?.(message);
    waiting.delete(message.probe);
  });
  return {
    pid: child.pid!,
    ask(what) {
      asked += 1;
      const question: Asked = { probe: asked, ask: what };
      const told = new Promise<Told>((resolve) => waiting.set(question.probe, resolve));
      child.send(question);
      const gone = ended.then(() => Promise.reject(new Error(`the process has ended:\n${said()}`)));
      return Promise.race([told, gone]);
    },
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** Whether processes can be bound to cores here. */
export const pinned = availableParallelism() > 1 && canPin();

function canPin(): boolean {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // no such command, or not allowed: the report says so
  }
}

/** Binds this process, the clients, to the cores that are not the servers'. Children started before keep theirs. */
export function pinClients(): void {
  if (pinned) taskset('1', process.pid);
}

/** Gives a process and its threads all cores. */
export function unpin(pid: number): void {
  if (pinned) taskset(`0-${availableParallelism() - 1}`, pid);
}

function taskset(cores: string, pid: number): void {
  execFileSync('taskset', ['-a', '-p', '-c', cores, String(pid)], { stdio: 'ignore' });
}

export function fileOf(relative: string, from: string): string {
  return fileURLToPath(new URL(relative, from));
}
