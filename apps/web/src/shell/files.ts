export const tableFiles = '.csv,.tsv,.txt,text/csv,text/tab-separated-values';
export const diagramFiles = '.bpmn,.bpmn2,.xml,application/xml,text/xml';
export const estimateFiles =
  '.xlsx,.csv,.tsv,.json,application/json,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const anyFiles = '';

/** Whether a file says by its name that it is BPMN. */
export function isDiagramFile({ name }: File): boolean {
  return /\.(bpmn|bpmn2|xml)$/i.test(name);
}

/** Whether a file says by its name that it holds an estimate and cannot be a table to chart. */
export function isEstimateFile({ name }: File): boolean {
  return /\.(xlsx|xlsm|xls|json)$/i.test(name);
}

/** Opens the browser's file dialog for files of the types; empty when it is closed without a choice. */
export function pickFiles(accept = tableFiles): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = accept;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
