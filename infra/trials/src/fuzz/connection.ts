import { decodeFrame, isRefusal, subprotocol } from '@tidemark/protocol';
import { WebSocket } from 'ws';
import { bytes, updateFrame } from './bytes.ts';
import type { Verdict } from './frames.ts';

export interface Target {
  readonly origin: string;
  readonly documentId: string;
  readonly token: string;
}

export function addressOf({ origin, documentId }: Target): string {
  return `${origin.replace('http', 'ws')}/sync/${documentId}`;
}

/** An edit that changes nothing; its ack, or that it gets none, says what became of all before it. */
const fence = updateFrame(bytes(0, 0));

/** Sends one message on a connection of its own, and then the fence. */
export function sendHostile(target: Target, message: Uint8Array | string): Promise<Verdict> {
  const socket = new WebSocket(addressOf(target), [subprotocol], {
    headers: { authorization: `Bearer ${target.token}` },
  });
  socket.binaryType = 'nodebuffer';
  const isContent = typeof message !== 'string' && message[0] === 0 && (message[1] === 1 || message[1] === 2);
  return new Promise((resolve, reject) => {
    let told: Verdict | null = null;
    const end = (verdict: Verdict) => {
      resolve(verdict);
      socket.terminate();
    };
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(data);
      if (isRefusal(frame)) return reject(new Error(`the server sent nonsense: ${frame.detail}`));
      if (frame.type === 'hello') {
        socket.send(message);
        socket.send(fence);
      } else if (frame.type === 'refusal') {
        told = `told ${frame.code}`;
        if (frame.n > 0) end(told);
      } else if (frame.type === 'ack' && frame.n >= (isContent ? 2 : 1)) end(told ?? 'stored');
    });
    socket.on('error', () => undefined); // 'close' follows and says how it ended
    socket.on('close', (code) => end(`closed ${code}`));
  });
}
