/** `npm run conformance`: asks a y-websocket server what it does, and tells. See docs/conformance.md. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type DialectName, dialects } from './dialect.ts';
import { line, summary } from './report.ts';
import type { Subject } from './subject.ts';
import { runSuite } from './suite.ts';

const usage = `npm run conformance -- --url ws://host:port/path [options]

  --room NAME          room names begin with this (default: conformance)
  --one-room           use the room NAME itself, for servers on which rooms must exist; some checks are skipped
  --param NAME=VALUE   a query parameter of every URL, such as token=…; may be repeated
  --restart COMMAND    a shell command that ends the server, starts it again, and returns (what it starts stays in the background)
  --denied URL         the whole URL of a room that may not be opened
  --dialect NAME       y-websocket (default) or hocuspocus
  --only IDS           such as K1,K5 or robustness
  --patience MS        how long to wait for what does not come (default: 5000)
  --json               the results as JSON`;

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    room: { type: 'string', default: 'conformance' },
    'one-room': { type: 'boolean', default: false },
    param: { type: 'string', multiple: true, default: [] },
    restart: { type: 'string' },
    denied: { type: 'string' },
    dialect: { type: 'string', default: 'y-websocket' },
    only: { type: 'string' },
    patience: { type: 'string', default: '5000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || !values.url || !URL.canParse(values.url) || !(values.dialect in dialects)) {
  console.error(usage);
  process.exit(values.help ? 0 : 2);
}
const base = new URL(values.url);
for (const parameter of values.param) {
  const at = parameter.indexOf('=');
  base.searchParams.set(parameter.slice(0, at), parameter.slice(at + 1));
}
const { restart, denied, room: prefix } = values;
const patience = Number(values.patience);
const run = Date.now().toString(36);
let used = 0;

const subject: Subject = {
  dialect: dialects[values.dialect as DialectName],
  patience,
  freshRooms: !values['one-room'],
  async room(checkId) {
    used += 1;
    const room = values['one-room'] ? prefix : `${prefix}-${run}-${checkId}-${used}`;
    const url = new URL(base);
    url.pathname = `${base.pathname.replace(/\/$/, '')}/${encodeURIComponent(room)}`;
    return { url: url.href, room };
  },
  ...(denied === undefined ? {} : { denied }),
  ...(restart === undefined ? {} : { restart: () => restartBy(restart) }),
};
const wanted = new Set(values.only?.split(','));
const results = await runSuite(subject, {
  wanted: ({ id, group }) => wanted.size === 0 || wanted.has(id) || wanted.has(group),
  told: (result) => values.json || console.log(line(result)),
});
console.log(values.json ? JSON.stringify(results, null, 2) : `\n${summary(results)}`);
process.exit(results.every(({ outcome }) => outcome !== 'fail') ? 0 : 1);

async function restartBy(command: string): Promise<void> {
  const shell = spawn(command, { shell: true, stdio: 'ignore' });
  const [code] = (await once(shell, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the restart command ended with ${code}`);
  const until = Date.now() + 30_000;
  while (!(await listens())) {
    if (Date.now() > until) throw new Error('the server did not listen within 30 s of its restart');
    await pause(50);
  }
}

/** Whether somebody listens at the server's address. */
function listens(): Promise<boolean> {
  const port = Number(base.port || (base.protocol === 'wss:' ? 443 : 80));
  const socket = connect(port, base.hostname);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}
