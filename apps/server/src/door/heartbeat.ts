import type { WebSocketServer } from 'ws';

/** Milliseconds between pings; a connection that was silent for a whole turn is cut at the next. */
const beat = 30_000;

/** Pings every connection of `sockets`, so that a laptop that was shut does not stay in the room as a ghost. */
export function startHeartbeat(sockets: WebSocketServer, every: number = beat): () => void {
  const answered = new WeakSet<object>();
  sockets.on('connection', (ws) => {
    answered.add(ws);
    const alive = () => answered.add(ws);
    ws.on('pong', alive);
    ws.on('message', alive);
  });
  const timer = setInterval(() => {
    for (const ws of sockets.clients) {
      if (answered.delete(ws)) ws.ping();
      else ws.terminate();
    }
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
