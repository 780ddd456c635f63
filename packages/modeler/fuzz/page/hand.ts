import { toXml } from '@tidemark/bpmn';
import { knownFault } from '../known-faults.ts';
import { createDesk, type Desk } from '../operations/desk.ts';
import { drop, startDrag } from '../operations/drag.ts';
import { operations } from '../operations/index.ts';
import type { OperationName } from '../weights.ts';
import { breathe } from './ambient.ts';
import type { Get } from './bpmn.ts';
import type { Report } from './checks.ts';
import { openPlain } from './plain.ts';
import type { Replica } from './replica.ts';

/** One person at one canvas. */
export interface Hand {
  readonly replica: Replica;
  edit(operation: OperationName, salt: number): Promise<void>;
  takeBack(what: 'undo' | 'redo'): void;
  drag(what: 'drag' | 'drop', salt: number): Promise<void>;
  /** Gives up what is being dragged or written. */
  letGo(): Promise<void>;
  /** Faults that the canvas told since the last call. */
  hearFaults(): void;
}

export interface Notes {
  readonly report: Report;
  readonly log: string[];
  readonly tally: {
    operations: number;
    readonly known: Map<string, number>;
    readonly done: Map<string, number>;
  };
}

export function createHand(replica: Replica, { report, log, tally }: Notes): Hand {
  const { get } = replica;
  let heard = 0;

  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

  const judge = async (error: unknown, where: string, again: () => Promise<string>) => {
    const known = knownFault(error);
    log.push(`  threw ${error instanceof Error ? error.message : error}`);
    if (known !== null) count(tally.known, known.name);
    else report('CANVAS-50', `${where} threw ${textOf(error)}\n    ${await again()}`);
  };

  /** Does something as a person does it; what it throws must be known of bpmn-js itself. */
  const attempt = async (
    name: string,
    salt: number,
    act: (desk: Desk) => string | null | Promise<string | null>,
  ) => {
    const before = replica.reader.view();
    const shown = replica.canvas.shownDiagram();
    const plane = get('canvas').getRootElement()?.id ?? null;
    try {
      const said = await act(createDesk(get, salt, diagramsOf(replica)));
      log.push(`  ${name}: ${said ?? 'nothing to do'}`);
      if (said !== null) count(tally.done, name);
    } catch (error) {
      await judge(error, name, async () => {
        const id = shown === null ? null : before.elements.get(shown)?.values.get('@id');
        return aloneToo(await toXml(before), typeof id === 'string' ? id : null, plane, async (alone) => {
          breathe(salt);
          await act(createDesk(alone, salt, { keys: () => [], show: () => Promise.resolve() }));
        });
      });
    }
  };

  return {
    replica,
    async edit(operation, salt) {
      if (replica.reads || get('dragging').context()) return;
      tally.operations += 1;
      breathe(salt);
      await attempt(operation, salt, (desk) => {
        // A click anywhere else ends the writing of a label.
        const writing = desk.get('directEditing');
        if (writing.isActive()) writing.complete();
        return operations[operation](desk);
      });
    },
    takeBack(what) {
      if (replica.reads) return;
      tally.operations += 1;
      replica.canvas[what]();
    },
    async drag(what, salt) {
      if (replica.reads) return;
      tally.operations += 1;
      breathe(salt);
      await attempt(what, salt, what === 'drag' ? startDrag : drop);
    },
    async letGo() {
      if (replica.reads) return;
      await attempt('let go', 0, () => {
        get('dragging').cancel();
        get('directEditing').cancel();
        return null;
      });
    },
    hearFaults() {
      for (const fault of replica.faults.slice(heard)) {
        const known = knownFault(fault);
        if (known === null) report('CANVAS-50', `the canvas told a fault: ${textOf(fault)}`);
        else count(tally.known, `${known.name}, canvas built anew`);
      }
      heard = replica.faults.length;
    },
  };
}

function diagramsOf({ canvas }: Replica): Desk['diagrams'] {
  return {
    keys: () => canvas.diagrams().map(({ key }) => key),
    show: (key) => canvas.showDiagram(key),
  };
}

/** Whether bpmn-js by itself, on the same file, throws the same: says whose fault it is. */
async function aloneToo(
  xml: string,
  diagramId: string | null,
  plane: string | null,
  act: (get: Get) => Promise<unknown>,
): Promise<string> {
  const alone = await openPlain(xml, diagramId);
  try {
    const root = alone
      .get('canvas')
      .getRootElements()
      .find(({ id }) => id === plane);
    if (root) alone.get('canvas').setRootElement(root);
    await act(alone.get);
    return 'bpmn-js alone does not throw';
  } catch (error) {
    return `bpmn-js alone throws ${error instanceof Error ? error.message : error}`;
  } finally {
    alone.destroy();
  }
}

function textOf(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 12).join('\n    ')
    : String(error);
}
