import { decodeFrame, encodeFrame, type Frame, isRefusal, subprotocol } from '@tidemark/protocol';
import { WebSocket } from 'ws';
import * as Y from 'yjs';

/** Opens a socket and resolves with its close code and reason. */
export function refusalOf(
  url: string,
  options: { headers?: Record<string, string> } = {},
): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, options);
    ws.on('error', reject);
    ws.on('close', (code, reason) => resolve([code, reason.toString()]));
  });
}

/** A bare client that keeps every frame, and waits for one. */
export async function rawClient(
  url: string,
  protocols: string[] = [subprotocol],
  headers: Record<string, string> = {},
) {
  const ws = new WebSocket(url, protocols, { headers });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  ws.on('message', (data: Buffer) => {
    const frame = decodeFrame(data);
    if (isRefusal(frame)) throw new Error(frame.detail);
    frames.push(frame);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => ws.on('close', (code) => resolve(code)));
  await new Promise((resolve, reject) => {
    ws.on('open', resolve);
    ws.on('error', reject);
  });
  const next = <T extends Frame['type']>(
    type: T,
    fits: (frame: Extract<Frame, { type: T }>) => boolean = () => true,
  ) =>
    new Promise<Extract<Frame, { type: T }>>((resolve) => {
      const look = () => {
        const found = frames.find(
          (frame) => frame.type === type && fits(frame as Extract<Frame, { type: T }>),
        );
        if (!found) return;
        waiting.delete(look);
        resolve(found as Extract<Frame, { type: T }>);
      };
      waiting.add(look);
      look();
    });
  return {
    ws,
    frames,
    closed,
    next,
    send: (frame: Frame) => ws.send(encodeFrame(frame)),
    close: () => ws.close(),
  };
}

export function updateOf(change: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  change(doc);
  return Y.encodeStateAsUpdate(doc);
}
