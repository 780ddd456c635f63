/** The awareness updates of y-protocols, read and put together by ourselves: states stay bytes, and are parsed once. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { decodeUtf8 } from 'lib0/string';

/** What an update says of one client ID. */
export interface Claim {
  readonly clientId: number;
  readonly clock: number;
  /** The state as JSON in UTF-8; `null` where it is removed. */
  readonly json: Uint8Array;
  /** All of it, as it stands in the update. */
  readonly bytes: Uint8Array;
}

/** An update with more claims than this is none. */
const claimsPerUpdate = 10_000;
/** A clock goes up by one with each change: nobody gets here in a year of sixty changes a second. */
const largestClock = 2 ** 31;
/** Arrays and objects within each other; deeper ones overflow the stack of who writes them out again. */
const deepest = 64;

/** The claims of an update, views of its bytes; null if it cannot be read. */
export function readClaims(update: Uint8Array): readonly Claim[] | null {
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    if (count > claimsPerUpdate) return null;
    const claims: Claim[] = [];
    for (let i = 0; i < count; i += 1) {
      const claim = readClaim(decoder);
      if (claim.clock > largestClock) return null;
      claims.push(claim);
    }
    return decoding.hasContent(decoder) ? null : claims;
  } catch {
    // The bytes end too early or hold a wrong number: that is what null says.
    return null;
  }
}

export function readClaim(decoder: decoding.Decoder): Claim {
  const from = decoder.pos;
  const clientId = decoding.readVarUint(decoder);
  const clock = decoding.readVarUint(decoder);
  const json = decoding.readVarUint8Array(decoder);
  return { clientId, clock, json, bytes: decoder.arr.subarray(from, decoder.pos) };
}

/** An update of these claims' bytes. */
export function toUpdate(claims: readonly Uint8Array[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, claims.length);
    for (const bytes of claims) encoding.writeUint8Array(encoder, bytes);
  });
}

/** The claim that a state is gone. */
export function removalOf(clientId: number, clock: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, 'null');
  });
}

export function isRemoval({ json }: Claim): boolean {
  return json.length === 4 && json[0] === 0x6e && json[1] === 0x75 && json[2] === 0x6c && json[3] === 0x6c;
}

/** Why a state cannot be shown to others, or null. */
export function flawOf(json: Uint8Array): string | null {
  if (depthOf(json) > deepest) return `nested more than ${deepest} deep`;
  try {
    JSON.parse(decodeUtf8(json));
    return null;
  } catch {
    // What is wrong with it does not matter: it is its sender's to know.
    return 'not JSON';
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** How deep brackets stand within each other, those in strings left out. */
function depthOf(json: Uint8Array): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let i = 0; i < json.length; i += 1) {
    const byte = json[i];
    if (inString) {
      if (byte === backslash) i += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) {
      inString = true;
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      most = Math.max(most, depth);
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
    }
  }
  return most;
}
