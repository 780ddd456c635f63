import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import {
  addLesson,
  type LessonPatch,
  type LessonView,
  type RiskView,
  removeLesson,
  setLesson,
} from '@tidemark/documents/estimate';
import { IconButton } from '@tidemark/ui';
import { type FormEvent, useState } from 'react';
import { useEditor } from '../../editor/context.ts';
import { useMayEdit } from '../../editor/rights.ts';
import cell from '../cells/cell.module.css';
import { walkCells } from '../cells/cell-keys.ts';
import { TextCell } from '../cells/text-cell.tsx';
import { useView } from '../context.ts';
import { ChangeTag } from '../grid/change-mark.tsx';
import type { Told } from '../grid/changes.ts';
import fate from '../past/fate.module.css';
import { useThen } from '../past/then.ts';
import { Was } from '../past/was.tsx';
import { woven } from '../past/woven.ts';
import { riskName } from '../risks/risk-words.ts';
import css from './actuals.module.css';
import cards from './cards.module.css';
import table from './table.module.css';

type Kind = LessonView['kind'];
const kindWords: Readonly<Record<Kind, string>> = { issue: 'Issue', lesson: 'Lesson' };
const kinds: readonly Kind[] = ['issue', 'lesson'];

/** Issues found and lessons learned, each of a risk or of none. */
export function Lessons() {
  const lessons = useView((view) => view.lessons);
  const risks = useView((view) => view.risks);
  const mayEdit = useMayEdit();
  const then = useThen();
  const rows = woven(then?.view.lessons ?? [], lessons);
  return (
    <section aria-labelledby="review-lessons">
      <h2 className={css.heading} id="review-lessons">
        Issues and lessons
      </h2>
      {mayEdit && <Entry />}
      {rows.length === 0 ? (
        <p className={css.note}>
          {mayEdit
            ? 'What went otherwise than planned, and what the next estimate should know.'
            : 'None were written down.'}
        </p>
      ) : (
        <div className={table.scroll}>
          <table
            className={`${table.table} ${cards.cards}`}
            data-table="lessons"
            aria-label="Issues and lessons"
            onKeyDown={walkCells}
          >
            <colgroup>
              <col style={{ width: 110 }} />
              <col />
              <col style={{ width: '24%' }} />
              <col style={{ width: 44 }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col">What</th>
                <th scope="col">Of the risk</th>
                <th scope="col">
                  <span className={table.hidden}>Removal</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ item, gone }) => (
                <Row
                  key={item.id}
                  lesson={item}
                  was={gone ? undefined : then?.view.lessons.find(({ id }) => id === item.id)}
                  change={then?.changeOf('lessons', item.id)}
                  risks={risks}
                  mayEdit={mayEdit}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Entry() {
  const editor = useEditor();
  const [kind, setKind] = useState<Kind>('issue');
  const [text, setText] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    addLesson(editor, { kind, text: text.trim() });
    setText('');
  };
  return (
    <form className={css.lesson} aria-label="Write down an issue or a lesson" onSubmit={add}>
      <NativeSelect
        aria-label="Kind"
        value={kind}
        data={kinds.map((value) => ({ value, label: kindWords[value] }))}
        onChange={(event) => setKind(event.currentTarget.value === 'lesson' ? 'lesson' : 'issue')}
      />
      <TextInput
        aria-label="What it is"
        placeholder="What happened, or what to do otherwise"
        value={text}
        autoComplete="off"
        maxLength={10_000}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        disabled={text.trim() === ''}
        leftSection={<IconPlus size={16} stroke={2} />}
      >
        Add
      </Button>
    </form>
  );
}

interface RowProps {
  lesson: LessonView;
  /** As it was at the moment with which this one is compared. */
  was: LessonView | undefined;
  change: Told | undefined;
  risks: readonly RiskView[];
  mayEdit: boolean;
}

function Row({ lesson, was, change, risks, mayEdit }: RowProps) {
  const editor = useEditor();
  const set = (patch: LessonPatch) => void setLesson(editor, lesson.id, patch);
  const name = `${kindWords[lesson.kind]} ${lesson.text.slice(0, 40)}`;
  const gone = lesson.riskId !== null && !risks.some(({ id }) => id === lesson.riskId);
  return (
    <tr className={fate.fate} data-fate={change?.types[0]}>
      <td>
        <select
          className={cell.select}
          data-cell="kind"
          aria-label={`Kind of ${name}`}
          value={lesson.kind}
          disabled={!mayEdit}
          onChange={(event) => set({ kind: event.currentTarget.value === 'lesson' ? 'lesson' : 'issue' })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords[kind]}
            </option>
          ))}
        </select>
      </td>
      <td>
        <span className={table.told}>
          <span className={table.grows}>
            <Was old={was?.text} now={lesson.text}>
              <TextCell
                label={`Text of ${name}`}
                column="text"
                value={lesson.text}
                commit={(text) => set({ text: text.trim() })}
                maxLength={10_000}
                readOnly={!mayEdit}
              />
            </Was>
          </span>
          {change && <ChangeTag change={change} />}
        </span>
      </td>
      <td>
        <select
          className={cell.select}
          data-cell="risk"
          aria-label={`Risk of ${name}`}
          value={lesson.riskId ?? ''}
          disabled={!mayEdit}
          onChange={(event) => set({ riskId: event.currentTarget.value || null })}
        >
          <option value="">–</option>
          {risks.map((risk, at) => (
            <option key={risk.id} value={risk.id}>
              {riskName(risk, at + 1)}
            </option>
          ))}
          {gone && <option value={lesson.riskId ?? ''}>A risk that is gone</option>}
        </select>
      </td>
      <td>
        {mayEdit && (
          <IconButton label={`Remove ${name}`} size={28} onClick={() => void removeLesson(editor, lesson.id)}>
            <IconTrash size={16} stroke={1.7} />
          </IconButton>
        )}
      </td>
    </tr>
  );
}
