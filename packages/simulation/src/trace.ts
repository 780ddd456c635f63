/** What happened, as a number: two runs with the same number went the same way. */
export interface Trace {
  add(text: string, bytes?: Uint8Array): void;
  hash(): string;
  /** The last lines, oldest first. */
  tail(): readonly string[];
}

const kept = 400;

/** Two FNV-1a hashes of 32 bits side by side. */
export function createTrace(): Trace {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  const lines: string[] = [];
  const mix = (value: number) => {
    a = Math.imul(a ^ value, 0x01000193);
    b = Math.imul(b ^ (value + 0x9e), 0x01000193);
  };
  return {
    add(text, bytes) {
      for (let i = 0; i < text.length; i += 1) mix(text.charCodeAt(i));
      if (bytes !== undefined) for (const byte of bytes) mix(byte);
      lines.push(bytes === undefined ? text : `${text} (${bytes.length} bytes)`);
      if (lines.length > 2 * kept) lines.splice(0, kept);
    },
    hash: () => [a, b].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join(''),
    tail: () => lines.slice(-kept),
  };
}
