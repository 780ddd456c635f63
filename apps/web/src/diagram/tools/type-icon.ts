const icons: Readonly<Record<string, string>> = {
  'bpmn:Task': 'task',
  'bpmn:UserTask': 'user-task',
  'bpmn:ServiceTask': 'service-task',
  'bpmn:ScriptTask': 'script-task',
  'bpmn:SendTask': 'send-task',
  'bpmn:ReceiveTask': 'receive-task',
  'bpmn:ManualTask': 'manual-task',
  'bpmn:BusinessRuleTask': 'business-rule-task',
  'bpmn:CallActivity': 'call-activity',
  'bpmn:SubProcess': 'subprocess-expanded',
  'bpmn:AdHocSubProcess': 'subprocess-expanded',
  'bpmn:Transaction': 'transaction',
  'bpmn:ExclusiveGateway': 'gateway-xor',
  'bpmn:ParallelGateway': 'gateway-parallel',
  'bpmn:InclusiveGateway': 'gateway-or',
  'bpmn:ComplexGateway': 'gateway-complex',
  'bpmn:EventBasedGateway': 'gateway-eventbased',
  'bpmn:Participant': 'participant',
  'bpmn:Lane': 'lane',
  'bpmn:DataObjectReference': 'data-object',
  'bpmn:DataStoreReference': 'data-store',
  'bpmn:TextAnnotation': 'text-annotation',
  'bpmn:Group': 'group',
  'bpmn:SequenceFlow': 'connection',
  'bpmn:MessageFlow': 'connection',
  'bpmn:Association': 'connection-multi',
  'bpmn:DataInputAssociation': 'connection-multi',
  'bpmn:DataOutputAssociation': 'connection-multi',
  'bpmn:Collaboration': 'participant',
  'bpmn:Process': 'subprocess-expanded',
};

const events: Readonly<Record<string, string>> = {
  'bpmn:StartEvent': 'start-event',
  'bpmn:EndEvent': 'end-event',
  'bpmn:IntermediateThrowEvent': 'intermediate-event-throw',
  'bpmn:IntermediateCatchEvent': 'intermediate-event-catch',
  'bpmn:BoundaryEvent': 'intermediate-event-catch',
};

/** Class of bpmn-js's icon font for a type; events by what they wait for. */
export function typeIcon(type: string, definitions: readonly string[] = []): string {
  const event = events[type];
  if (event === undefined) return `bpmn-icon-${icons[type] ?? 'task'}`;
  const definition = definitions[0];
  if (definition === undefined) {
    const blank = event.startsWith('intermediate') ? 'intermediate-event-none' : `${event}-none`;
    return `bpmn-icon-${blank}`;
  }
  const kind = definition
    .slice(definition.indexOf(':') + 1)
    .replace(/EventDefinition$/, '')
    .toLowerCase();
  return `bpmn-icon-${event}-${kind === 'conditional' ? 'condition' : kind}`;
}
