import type { Room } from './room.ts';

/** What a session is at present. */
export type SessionState =
  /** Its room loads; what it sends waits. */
  | { readonly is: 'catching-up'; readonly waiting: Uint8Array[]; waitingBytes: number }
  | { readonly is: 'live'; readonly room: Room }
  | { readonly is: 'closed' };

export type Happening = 'joined' | 'ended';

/** Every state and everything that can happen to it. A joining that comes after the end changes nothing. */
export const transitions: Readonly<
  Record<SessionState['is'], Readonly<Record<Happening, SessionState['is']>>>
> = {
  'catching-up': { joined: 'live', ended: 'closed' },
  live: { joined: 'live', ended: 'closed' },
  closed: { joined: 'closed', ended: 'closed' },
};
