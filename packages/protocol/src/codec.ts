import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type Frame, wire } from './frames.ts';
import { limits } from './limits.ts';
import { type Refusal, refuse } from './refusals.ts';

type SyncFrame = Extract<Frame, { type: 'sync-step-1' | 'sync-step-2' | 'update' }>;

/** Frame → bytes of one WebSocket message. */
export function encodeFrame(frame: Frame): Uint8Array {
  switch (frame.type) {
    case 'sync-step-1':
      return encodeSync(wire.syncStep1, frame.stateVector);
    case 'sync-step-2':
      return encodeSync(wire.syncStep2, frame.update);
    case 'update':
      return encodeSync(wire.syncUpdate, frame.update);
    default:
      return encodeOther(frame);
  }
}

/** By hand, since these are most of all frames and may be large: one allocation, one copy. */
function encodeSync(step: number, content: Uint8Array): Uint8Array {
  let lengthBytes = 1;
  for (let rest = content.length; rest > 127; rest = Math.floor(rest / 128)) lengthBytes += 1;
  const bytes = new Uint8Array(2 + lengthBytes + content.length);
  bytes[0] = wire.sync;
  bytes[1] = step;
  let at = 2;
  let rest = content.length;
  for (; rest > 127; rest = Math.floor(rest / 128), at += 1) bytes[at] = 128 | (rest & 127);
  bytes[at] = rest;
  bytes.set(content, at + 1);
  return bytes;
}

function encodeOther(frame: Exclude<Frame, SyncFrame>): Uint8Array {
  return encoding.encode((encoder) => {
    switch (frame.type) {
      case 'awareness':
        encoding.writeVarUint(encoder, wire.awareness);
        return encoding.writeVarUint8Array(encoder, frame.update);
      case 'permission-denied':
        encoding.writeVarUint(encoder, wire.auth);
        encoding.writeVarUint(encoder, wire.authDenied);
        return encoding.writeVarString(encoder, frame.reason);
      case 'query-awareness':
        return encoding.writeVarUint(encoder, wire.queryAwareness);
      case 'ack':
        encoding.writeVarUint(encoder, wire.ack);
        encoding.writeVarUint(encoder, frame.n);
        return encoding.writeVarUint(encoder, frame.lsn);
      case 'hello':
        encoding.writeVarUint(encoder, wire.hello);
        encoding.writeVarUint(encoder, frame.epoch);
        encoding.writeVarUint(encoder, frame.head);
        encoding.writeVarUint(encoder, frame.access === 'edit' ? 1 : 0);
        encoding.writeVarUint(encoder, frame.frameBytes);
        return encoding.writeVarUint(encoder, frame.documentBytes);
      case 'storage':
        encoding.writeVarUint(encoder, wire.storage);
        return encoding.writeVarUint(encoder, frame.state === 'ok' ? 1 : 0);
      case 'refusal':
        encoding.writeVarUint(encoder, wire.refusal);
        encoding.writeVarUint(encoder, frame.n);
        encoding.writeVarString(encoder, frame.code);
        return encoding.writeVarString(encoder, frame.detail);
      case 'access':
        encoding.writeVarUint(encoder, wire.access);
        encoding.writeVarUint(encoder, frame.access === 'edit' ? 1 : 0);
        return encoding.writeVarString(encoder, frame.reason);
      case 'news':
        encoding.writeVarUint(encoder, wire.news);
        return encoding.writeVarString(encoder, frame.topic);
    }
  });
}

/**
 * Bytes of one WebSocket message → frame, or a refusal. Size is looked at first, then the type, then the body;
 * bytes left over after the body are malformed. Never throws. The returned arrays are views on `bytes`.
 */
export function decodeFrame(bytes: Uint8Array, maxBytes: number = limits.frameBytes): Frame | Refusal {
  if (bytes.byteLength > maxBytes) {
    return refuse('too-large', `A frame of ${bytes.byteLength} bytes; the limit is ${maxBytes}.`);
  }
  const decoder = decoding.createDecoder(bytes);
  let frame: Frame | Refusal;
  try {
    frame = readFrame(decoder);
  } catch (error) {
    return refuse(
      'malformed',
      `A frame that ends too early or holds a wrong number (${(error as Error).message}).`,
    );
  }
  if ('type' in frame && decoding.hasContent(decoder)) {
    return refuse('malformed', `A frame of type ${frame.type} with bytes left over.`);
  }
  return frame;
}

function readFrame(decoder: decoding.Decoder): Frame | Refusal {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case wire.sync:
      return readSync(decoder);
    case wire.awareness:
      return { type: 'awareness', update: decoding.readVarUint8Array(decoder) };
    case wire.auth: {
      const kind = decoding.readVarUint(decoder);
      if (kind !== wire.authDenied) return refuse('malformed', `An auth frame of unknown kind ${kind}.`);
      return { type: 'permission-denied', reason: decoding.readVarString(decoder) };
    }
    case wire.queryAwareness:
      return { type: 'query-awareness' };
    case wire.ack:
      return { type: 'ack', n: decoding.readVarUint(decoder), lsn: decoding.readVarUint(decoder) };
    case wire.hello:
      return {
        type: 'hello',
        epoch: decoding.readVarUint(decoder),
        head: decoding.readVarUint(decoder),
        access: decoding.readVarUint(decoder) === 1 ? 'edit' : 'read',
        frameBytes: decoding.readVarUint(decoder),
        documentBytes: decoding.readVarUint(decoder),
      };
    case wire.storage:
      return { type: 'storage', state: decoding.readVarUint(decoder) === 1 ? 'ok' : 'failing' };
    case wire.refusal:
      return {
        type: 'refusal',
        n: decoding.readVarUint(decoder),
        code: decoding.readVarString(decoder),
        detail: decoding.readVarString(decoder),
      };
    case wire.access:
      return {
        type: 'access',
        access: decoding.readVarUint(decoder) === 1 ? 'edit' : 'read',
        reason: decoding.readVarString(decoder),
      };
    case wire.news:
      return { type: 'news', topic: decoding.readVarString(decoder) };
    default:
      return refuse('unknown-frame', `A frame of unknown type ${type}.`);
  }
}

function readSync(decoder: decoding.Decoder): Frame | Refusal {
  const step = decoding.readVarUint(decoder);
  switch (step) {
    case wire.syncStep1:
      return { type: 'sync-step-1', stateVector: decoding.readVarUint8Array(decoder) };
    case wire.syncStep2:
      return { type: 'sync-step-2', update: decoding.readVarUint8Array(decoder) };
    case wire.syncUpdate:
      return { type: 'update', update: decoding.readVarUint8Array(decoder) };
    default:
      return refuse('malformed', `A sync frame of unknown step ${step}.`);
  }
}
