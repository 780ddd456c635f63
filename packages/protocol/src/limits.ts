/** Limits both ends know. Sizes are bytes unless the name says otherwise. */
export const limits = {
  /** One frame on the wire, either way. */
  frameBytes: 32 * 1024 * 1024,
  /** One state vector, of some 200,000 writers: reading it costs ten times its size. */
  stateVectorBytes: 1024 * 1024,
  /** One awareness state. */
  awarenessBytes: 16 * 1024,
  /** One awareness frame from a client: its states and what goes with them. Beyond it nothing of it is read. */
  awarenessFrameBytes: 4 * 16 * 1024 + 256,
  /** Awareness states in one frame from a client. */
  awarenessStatesPerFrame: 4,
  /** The full state of one document, v1 encoding. */
  documentBytes: 64 * 1024 * 1024,
  /** Updates of one room that wait to be stored; beyond it the room refuses further edits. */
  roomBacklogBytes: 32 * 1024 * 1024,
  /** Content of one document that waits for missing updates. */
  pendingBytes: 4 * 1024 * 1024,
  /** One uploaded file. */
  fileBytes: 10 * 1024 * 1024,
} as const;
