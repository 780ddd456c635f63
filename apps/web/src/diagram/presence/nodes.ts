import { initials } from '@tidemark/ui';
import { colourOf } from '../../shell/colour.ts';
import type { DiagramPeer } from './state.ts';

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string | undefined,
  text?: string,
): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  node.className = className ?? '';
  if (text !== undefined) node.textContent = text;
  return node;
}

export function drawing<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  className?: string,
): SVGElementTagNameMap[Name] {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  if (className !== undefined) node.setAttribute('class', className);
  return node;
}

/** What is drawn of a person has their colour; the style sheet makes lines of it that are seen on dark paper. */
export function colourVariable(node: HTMLElement | SVGElement, userId: string): void {
  node.style.setProperty('--person', colourOf(userId));
}

function nameOf({ user }: DiagramPeer, me: string): string {
  return user.id === me ? `${user.name} (you)` : user.name;
}

/** Where shapes are this small, whole names would cover what they stand at. */
const far = 0.45;

/** The whole name, or its first letters where all is small. */
export function shownName(peer: DiagramPeer, me: string, scale: number): string {
  return scale < far ? initials(peer.user.name) : nameOf(peer, me);
}

/** Nodes kept from drawing to drawing, one for each screen that has something to show. */
export function createPool<Node extends Element>(
  parent: Element,
  make: (peer: DiagramPeer) => Node,
): { of(peer: DiagramPeer): Node; drop(keep: (clientId: number) => boolean): void } {
  const nodes = new Map<number, Node>();
  return {
    of(peer) {
      const known = nodes.get(peer.clientId);
      if (known) return known;
      const made = make(peer);
      nodes.set(peer.clientId, made);
      parent.append(made);
      return made;
    },
    drop(keep) {
      for (const [clientId, node] of nodes) {
        if (keep(clientId)) continue;
        node.remove();
        nodes.delete(clientId);
      }
    },
  };
}
