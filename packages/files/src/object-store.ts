import type { Readable } from 'node:stream';

/**
 * Where the bytes behind files live. Objects are addressed by the SHA-256 of their content (64 hex digits, lower
 * case), never change, and the same content is kept once. Which company may read an object is not known here:
 * the rows of the `files` table say that.
 */
export interface ObjectStore {
  /**
   * Reads `content` to its end and keeps it. The object appears whole or not at all; when this resolves with a
   * `StoredObject` it has reached the disk. A refusal keeps nothing. Rejects on a fault of the disk or of `content`.
   */
  put(content: AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredObject | PutRefusal>;

  /** The stored bytes, as they are stored (see `encoding`), or null when there is no such object. */
  open(sha256: string): Promise<OpenObject | null>;

  exists(sha256: string): Promise<boolean>;

  /** Harmless when there is no such object. */
  remove(sha256: string): Promise<void>;

  /** Whether something could be stored now. Rejects with the reason when not. */
  check(): Promise<void>;
}

export interface PutOptions {
  /** What the sender says the content hashes to; another hash is refused with `checksum-mismatch`. */
  readonly sha256?: string;
  /** Bytes of content; more is refused with `too-large`, without reading on. */
  readonly maxBytes: number;
  /** Store gzip-compressed when that saves a tenth or more. */
  readonly compress?: boolean;
  /**
   * Called once with the whole, verified content before it becomes visible. What it refuses is not kept, and the
   * refusal is what `put` resolves with.
   */
  readonly inspect?: (content: Readable) => Promise<PutRefusal | null>;
}

export interface StoredObject {
  readonly sha256: string;
  /** Bytes of the content, uncompressed. */
  readonly size: number;
}

export interface OpenObject {
  readonly encoding: 'identity' | 'gzip';
  /** Bytes that `stream` will give. */
  readonly storedSize: number;
  readonly stream: Readable;
}

/** An expected no. The codes are rows of the protocol's refusal table. */
export interface PutRefusal {
  readonly refused:
    | 'too-large'
    | 'checksum-mismatch'
    | 'not-a-table'
    | 'unknown-encoding'
    | 'not-xml'
    | 'unsafe-xml'
    | 'not-bpmn';
  readonly detail: string;
}

export function isPutRefusal(value: StoredObject | PutRefusal): value is PutRefusal {
  return 'refused' in value;
}
