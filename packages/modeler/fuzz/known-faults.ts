/** What bpmn-js throws by itself: on a plain modeler, without a document behind it, the same operation throws the same. */
export interface KnownFault {
  readonly name: string;
  readonly message: RegExp;
  /** Why it is bpmn-js's own. */
  readonly reason: string;
}

export const knownFaults: readonly KnownFault[] = [
  {
    name: 'no owner for what lies outside of all pools',
    message: /Cannot use 'in' operator to search for 'ioSpecification' in null/,
    reason:
      'Flow elements drawn on the plane of a collaboration, outside of all pools, belong to a process that no pool shows; the updater looks for the process of the plane they leave and finds none.',
  },
  {
    name: 'no way to lay a connection out along a host',
    message: /unexpected dockingDirection: <undefined>/,
    reason:
      'An event that hangs on a corner, or off its host, has no side that the layouter knows how to leave.',
  },
  {
    name: 'something squeezed below its least size',
    message: /width and height cannot be less than 10px/,
    reason:
      'Behaviours that make room (auto-resize, lanes) shrink what lies beside without asking how small it may get.',
  },
  {
    name: 'pasted what only an activity or a process can own',
    message: /no parent for <undefined> in </,
    reason:
      'Data inputs and outputs are copied with all else, and the updater knows no owner for them when they are pasted.',
  },
  {
    name: 'pasted into what has no such list',
    message: /Cannot read properties of undefined \(reading 'push'\)/,
    reason:
      'Pasting asks no rule where data and artifacts may lie; the updater then adds to a list the owner lacks.',
  },
  {
    name: 'dropped on a lane without a pool',
    message: /Cannot read properties of null \(reading 'children'\)/,
    reason:
      'What is dropped on a lane goes to the pool of the lane; where lanes are drawn without a pool there is none, and nobody asks.',
  },
];

export function knownFault(error: unknown): KnownFault | null {
  const message = error instanceof Error ? error.message : String(error);
  return knownFaults.find((known) => known.message.test(message)) ?? null;
}
