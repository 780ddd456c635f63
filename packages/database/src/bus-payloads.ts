/** How messages of the bus travel in the texts of NOTIFY: several in one text, or one in several. */

/** A NOTIFY holds less than 8,000 bytes. */
const payloadBytes = 7_900;
/** A larger message is not sent: the bus is for small ones. */
export const messageBytes = 4 * 1024 * 1024;
/** Bytes of unfinished messages kept of all senders together; the oldest are given up first. */
const unfinishedBytes = 16 * 1024 * 1024;

export interface Message {
  readonly topic: string;
  readonly bytes: Uint8Array;
}

/**
 * `sender` and then, each after a blank, `topic:base64` for a whole message or `topic:base64:id:i/n` for its i-th piece.
 * Words of one payload are separated by blanks, so a topic holds neither blank nor colon.
 */
export function toPayloads(sender: string, messages: readonly Message[], nextId: () => number): string[] {
  const payloads: string[] = [];
  const room = payloadBytes - sender.length - 1;
  let payload = '';
  for (const { topic, bytes } of messages) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    for (const word of toWords(topic, text, room, nextId)) {
      if (payload.length + word.length + 1 > room && payload !== '') {
        payloads.push(sender + payload);
        payload = '';
      }
      payload += ` ${word}`;
    }
  }
  if (payload !== '') payloads.push(sender + payload);
  return payloads;
}

function toWords(topic: string, text: string, room: number, nextId: () => number): string[] {
  if (topic.length + text.length + 2 <= room) return [`${topic}:${text}`];
  const id = nextId();
  // Room for the id and two numbers.
  const piece = room - topic.length - 40;
  const n = Math.ceil(text.length / piece);
  return Array.from({ length: n }, (_, i) => {
    const part = text.slice(i * piece, (i + 1) * piece);
    return `${topic}:${part}:${id}:${i + 1}/${n}`;
  });
}

interface Unfinished {
  readonly pieces: string[];
  length: number;
}

/** Puts the pieces of one channel together again. Of a message that lost a piece, or has them out of order, nothing is told. */
export function createReader(wanted: (topic: string) => boolean) {
  const unfinished = new Map<string, Unfinished>();
  let held = 0;

  const drop = (key: string) => {
    held -= unfinished.get(key)?.length ?? 0;
    unfinished.delete(key);
  };

  const addPiece = (sender: string, part: string, id: string, place: string): string | null => {
    const [i = 0, n = 0] = place.split('/').map(Number);
    const key = `${sender} ${id}`;
    const message = unfinished.get(key) ?? { pieces: [], length: 0 };
    if (message.pieces.length !== i - 1 || n * payloadBytes > 2 * messageBytes) {
      drop(key);
      return null;
    }
    message.pieces.push(part);
    message.length += part.length;
    held += part.length;
    unfinished.set(key, message);
    if (i === n) {
      drop(key);
      return message.pieces.join('');
    }
    for (const oldest of unfinished.keys()) {
      if (held <= unfinishedBytes) break;
      drop(oldest);
    }
    return null;
  };

  return function read(payload: string): { readonly sender: string; readonly messages: readonly Message[] } {
    const [sender = '', ...words] = payload.split(' ');
    const messages: Message[] = [];
    for (const word of words) {
      const [topic = '', part = '', id, place] = word.split(':');
      if (!wanted(topic)) continue;
      const text = id === undefined || place === undefined ? part : addPiece(sender, part, id, place);
      if (text !== null) messages.push({ topic, bytes: new Uint8Array(Buffer.from(text, 'base64')) });
    }
    return { sender, messages };
  };
}
