import type { Measurement } from '../stage.ts';
import { acks } from './acks.ts';
import { coldOpen } from './cold-open.ts';
import { compaction } from './compaction.ts';
import { conformance } from './conformance.ts';
import { estimates } from './estimate.ts';
import { fanOut, manyWriters } from './fan-out.ts';
import { history } from './history.ts';
import { kill } from './kill.ts';
import { log } from './log.ts';
import { memory } from './memory.ts';
import { presence } from './presence.ts';
import { slowReader } from './slow-reader.ts';
import { storm } from './storm.ts';

/** In the order in which they are run and shown. */
export const measurements: readonly Measurement[] = [
  fanOut,
  manyWriters,
  presence,
  acks,
  kill,
  storm,
  coldOpen,
  slowReader,
  memory,
  compaction,
  log,
  conformance,
  estimates,
  history,
];
