/** What bpmnlint's rules find, as one would tell a colleague. */
const byRule: Readonly<Record<string, string>> = {
  'conditional-flows': 'A flow out of a split has neither a condition nor is it the default.',
  'end-event-required': 'There is no end event.',
  'event-sub-process-typed-start-event':
    'The start event of an event subprocess has to say what it waits for.',
  'fake-join': 'Flows meet here without a gateway.',
  'label-required': 'It has no name.',
  'no-bpmndi': 'It is in the file but not drawn.',
  'no-complex-gateway': 'Complex gateways are hard to read; another kind says it better.',
  'no-disconnected': 'No flow leads to it or from it.',
  'no-gateway-join-fork': 'The gateway joins and splits at once.',
  'no-implicit-end': 'The process ends here without an end event.',
  'no-implicit-split': 'Flows split here without a gateway.',
  'no-implicit-start': 'The process begins here without a start event.',
  'no-inclusive-gateway': 'Inclusive gateways are hard to read; another kind says it better.',
  'single-blank-start-event': 'There is more than one start event without a trigger.',
  'single-event-definition': 'The event has more than one trigger.',
  'start-event-required': 'There is no start event.',
  'sub-process-blank-start-event': 'A start event inside a subprocess waits for nothing.',
  'superfluous-gateway': 'The gateway neither joins nor splits.',
  'superfluous-label': 'The name says nothing here.',
  'superfluous-termination': 'There is nothing left to terminate.',
};

/** Rules that find more than one thing. */
const byMessage: Readonly<Record<string, string>> = {
  'Element overlaps with other element': 'It overlaps another element.',
  'Element is outside of parent boundary': 'It reaches out of what it belongs to.',
  'SequenceFlow is a duplicate': 'Another flow leads from and to the same steps.',
  'Duplicate outgoing sequence flows': 'Two flows lead to the same next step.',
  'Duplicate incoming sequence flows': 'Two flows come from the same step.',
};

export function ruleWords(rule: string, message: string): string {
  return byMessage[message] ?? byRule[rule] ?? `${message.replace(/\.$/, '')}.`;
}
