import type { WebSocket } from 'ws';

/** Far above what people and catch-ups need; one connection should not have the whole server to itself. */
const pace = { framesPerSecond: 10_000, bytesPerSecond: 32 * 1024 * 1024 };
/** A ping is answered by the library at once, whether or not its sender reads: it costs like so many frames. */
const framesPerPing = 100;
/** Milliseconds' worth of frames that may come at once. */
const burst = 1_000;

/**
 * Holds a connection to a pace: beyond it the socket is not read for a moment, so that TCP slows its sender. Nothing is lost
 * and nobody is closed.
 */
export function throttle(ws: WebSocket, { framesPerSecond, bytesPerSecond } = pace): void {
  /** Milliseconds that what came so far should have taken, less those that passed. */
  let debt = 0;
  let at = performance.now();
  let rest: NodeJS.Timeout | null = null;
  const take = (frames: number, bytes: number) => {
    const now = performance.now();
    debt =
      Math.max(0, debt - (now - at)) + (frames * 1_000) / framesPerSecond + (bytes * 1_000) / bytesPerSecond;
    at = now;
    if (debt <= burst || rest !== null) return;
    ws.pause();
    rest = setTimeout(
      () => {
        rest = null;
        ws.resume();
      },
      debt - burst / 2,
    );
  };
  ws.on('message', (data: Buffer) => take(1, data.byteLength));
  ws.on('ping', () => take(framesPerPing, 0));
  ws.on('close', () => {
    if (rest !== null) clearTimeout(rest);
  });
}
