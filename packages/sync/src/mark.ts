/** What a reader was sent: as a state vector, and as a place among all that the room has shown. */
export interface Mark {
  readonly stateVector: Uint8Array;
  readonly position: number;
}
