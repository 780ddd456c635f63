import { type Editor, transact, type Write } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import { readState } from '../records/state.ts';
import { plainSeries } from './chart-view.ts';
import type { SeriesSetting } from './schema.ts';
import { type DashboardView, dashboard } from './view.ts';

/** What the commands on charts have in common. */

/** One undo step for commands that share it. */
export interface Gesture {
  readonly gesture?: string | undefined;
}

export function setRegister(
  editor: Editor,
  label: string,
  id: string,
  register: string,
  value: Json,
  gesture: Gesture = {},
): boolean {
  return change(editor, label, id, (write) => write.set('charts', id, register, value), gesture);
}

/** False, with nothing written, when the chart is gone: somebody else may have been faster. */
export function change(
  editor: Editor,
  label: string,
  id: string,
  write: (write: Write) => void,
  gesture: Gesture = {},
): boolean {
  return transact(
    editor,
    label,
    (tools) => {
      if (tools.exists('charts', id)) write(tools);
    },
    gesture,
  );
}

export function settingOf(setting: Partial<SeriesSetting> & { readonly field: string }): Json {
  return { ...plainSeries(setting.field), ...setting };
}

export function freeName(field: string, taken: readonly string[]): string {
  if (!taken.includes(field)) return field;
  let number = 2;
  while (taken.includes(`${field}#${number}`)) number += 1;
  return `${field}#${number}`;
}

export function viewNow(editor: Editor): DashboardView {
  return dashboard.view(readState(editor.doc, editor.schema), [], null);
}
