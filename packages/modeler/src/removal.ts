import type { CanvasElement } from './bpmn-js.ts';
import { isLabel, isRoot, type Stage } from './stage.ts';

/** Adds to `leaving` an element and all that can't stand without it: children, what is attached, connections, labels. */
export function cascade(element: CanvasElement, leaving: Set<CanvasElement>): void {
  const queue = [element];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (leaving.has(next) || isRoot(next)) continue;
    leaving.add(next);
    for (const others of [next.children, next.attachers, next.incoming, next.outgoing, next.labels]) {
      if (others !== undefined && others !== null) queue.push(...others);
    }
  }
}

/** Takes elements from the canvas: labels, then connections before what they connect, then shapes from the inside. */
export function removeAll(stage: Stage, leaving: ReadonlySet<CanvasElement>): void {
  const { canvas, registry } = stage;
  const isThere = (element: CanvasElement) => registry.get(element.id) === element;
  const shapes: CanvasElement[] = [];
  const connections: CanvasElement[] = [];
  for (const element of leaving) {
    stage.forget(element);
    if (isLabel(element)) {
      if (isThere(element)) canvas.removeShape(element);
      element.labelTarget = null;
    } else if (element.waypoints !== undefined) connections.push(element);
    else shapes.push(element);
  }
  for (const connection of inRemovalOrder(connections)) {
    if (isThere(connection)) canvas.removeConnection(connection);
    connection.source = null;
    connection.target = null;
  }
  for (const shape of shapes.sort((a, b) => depth(b) - depth(a))) {
    if (shape.host) shape.host = null;
    if (isThere(shape)) canvas.removeShape(shape);
  }
}

/** An association can end at another connection, which then goes later. */
function inRemovalOrder(connections: readonly CanvasElement[]): CanvasElement[] {
  const ordered: CanvasElement[] = [];
  const visited = new Set<CanvasElement>();
  const all = new Set(connections);
  const visit = (connection: CanvasElement) => {
    if (visited.has(connection) || !all.has(connection)) return;
    visited.add(connection);
    for (const other of [...(connection.incoming ?? []), ...(connection.outgoing ?? [])]) visit(other);
    ordered.push(connection);
  };
  for (const connection of connections) visit(connection);
  return ordered;
}

function depth(element: CanvasElement): number {
  let depth = 0;
  for (let at = element.parent; at !== null && at !== undefined; at = at.parent) depth += 1;
  return depth;
}
