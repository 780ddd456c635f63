import type { Address, Dialect } from '@tidemark/conformance';
import type { Child } from './child.ts';
import type { Database } from './database.ts';

/** A server in the comparison. */
export interface Contender {
  readonly name: string;
  readonly dialect: Dialect;
  /** The limit: knows no documents, so it answers no handshake. */
  readonly relay: boolean;
  /** How it says that it has an update: by frame 100, by Hocuspocus' SyncStatus, or not at all. */
  readonly acks: 'tidemark' | 'hocuspocus' | null;
  /** Whether documents outlive the process. */
  readonly durable: boolean;
  readonly child: Child;
  start(): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
  /** A room that nobody has used. */
  newRoom(): Promise<Address>;
  /** The same room again, with fresh credentials. */
  again(room: Address): Promise<Address>;
  /** Where people are told apart: from here on rooms have an address for somebody else too; and a URL that may not be opened. */
  invite?(): Promise<{ readonly denied: string }>;
}

/** What a contender used between two moments. */
export interface Used {
  /** Microseconds of the server's CPU. */
  readonly cpu: number;
  /** Microseconds of Postgres' CPU, in steps of 10,000. */
  readonly postgres: number;
}

/** Runs `work` and tells what it cost on the server's side. */
export async function costOf<T>(
  contender: Contender,
  database: Database,
  work: () => Promise<T>,
): Promise<[T, Used]> {
  const [before, postgres] = [await contender.child.ask('usage'), database.cpu()];
  const result = await work();
  const after = await contender.child.ask('usage');
  return [result, { cpu: after.cpu - before.cpu, postgres: database.cpu() - postgres }];
}
