import type { Services } from './services.ts';

/** Selects all that is on the shown plane; bpmn-js's own would take in planes that nobody sees. */
export function selectAllOn(
  canvas: Services['canvas'],
  elementRegistry: Services['elementRegistry'],
  selection: Services['selection'],
): void {
  const root = canvas.getRootElement();
  const all = elementRegistry.filter(
    (element) => element !== root && Boolean(element.parent) && canvas.findRoot(element) === root,
  );
  selection.select(all);
}
