const own: Readonly<Record<string, string>> = {
  'bpmn:SubProcess': 'Subprocess',
  'bpmn:AdHocSubProcess': 'Ad-hoc subprocess',
  'bpmn:Participant': 'Pool',
  'bpmn:IntermediateCatchEvent': 'Catch event',
  'bpmn:IntermediateThrowEvent': 'Throw event',
  'bpmn:DataObjectReference': 'Data object',
  'bpmn:DataStoreReference': 'Data store',
};

/** `bpmn:UserTask` as people say it: "User task". */
export function typeWords(type: string, definitions: readonly string[] = []): string {
  const words = own[type] ?? spelled(type.slice(type.indexOf(':') + 1));
  const first = definitions[0];
  if (first === undefined) return words;
  const kind = spelled(first.slice(first.indexOf(':') + 1).replace(/EventDefinition$/, ''));
  return `${kind} ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

function spelled(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
