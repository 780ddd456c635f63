import { Writer } from '../harness/writer.ts';
import { bytes } from './bytes.ts';
import { addressOf, type Target } from './connection.ts';
import { until } from './house.ts';

/** Milliseconds within which an honest edit has to be stored and seen, whatever others send. */
const patience = 60_000;

/** Two people who go on editing one document, and expect each edit to be stored and seen by the other. */
export class HonestPair {
  readonly name: string;
  worstAckMs = 0;
  edits = 0;
  private readonly writers: readonly [Writer, Writer];
  private readonly keys: string[] = [];
  private going = true;
  private seenAs: number | null = null;
  private renewals = 0;

  private constructor(name: string, writers: readonly [Writer, Writer]) {
    this.name = name;
    this.writers = writers;
  }

  static async at(target: Target, name: string): Promise<HonestPair> {
    const enter = async (who: string) => {
      const writer = new Writer(addressOf(target), who, target.token);
      await writer.untilLive();
      return writer;
    };
    return new HonestPair(name, [await enter(`${name}.ann`), await enter(`${name}.bob`)]);
  }

  /** Acknowledged edits. */
  get stored(): readonly string[] {
    return this.keys;
  }

  /** One sits under this client ID in the list of who is present, and stays. */
  beSeen(clientId: number): void {
    this.seenAs = clientId;
    this.renewPresence();
  }

  /** Resolves when `stop` was called; throws when an edit is not stored or not seen, or somebody is closed. */
  async edit(): Promise<void> {
    for (let turn = 0; this.going; turn += 1) {
      const [author, other] = turn % 2 === 0 ? this.writers : [this.writers[1], this.writers[0]];
      if (turn % 50 === 0) this.renewPresence();
      const began = performance.now();
      const key = author.write();
      await until(
        () => closed(author) || author.acked.has(key),
        patience,
        `${this.name}: an edit is not stored`,
      );
      if (closed(author))
        throw new Error(`${this.name}: somebody honest was closed with ${author.closeCode}`);
      this.worstAckMs = Math.max(this.worstAckMs, performance.now() - began);
      this.keys.push(key);
      this.edits += 1;
      const seen = () => other.doc.getMap('writes').has(key);
      await until(() => closed(other) || seen(), patience, `${this.name}: an edit is not seen`);
      if (closed(other)) throw new Error(`${this.name}: somebody honest was closed with ${other.closeCode}`);
    }
  }

  stop(): void {
    this.going = false;
  }

  private renewPresence(): void {
    if (this.seenAs === null) return;
    this.renewals += 1;
    this.writers[0].present(bytes(1, this.seenAs, this.renewals, '{"name":"Ann"}'));
  }

  close(): void {
    for (const writer of this.writers) writer.close();
  }
}

function closed(writer: Writer): boolean {
  return writer.closeCode !== null;
}
