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
  return (
    <section aria-labelledby="review-lessons">
      <h2 className={css.heading} id="review-lessons">
        Issues and lessons
      </h2>
      {mayEdit && <Entry />}
      {lessons.length === 0 ? (
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
              {lessons.map((lesson) => (
                <Row key={lesson.id} lesson={lesson} risks={risks} mayEdit={mayEdit} />
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
  risks: readonly RiskView[];
  mayEdit: boolean;
}

function Row({ lesson, risks, mayEdit }: RowProps) {
  const editor = useEditor();
  const set = (patch: LessonPatch) => void setLesson(editor, lesson.id, patch);
  const name = `${kindWords[lesson.kind]} ${lesson.text.slice(0, 40)}`;
  const gone = lesson.riskId !== null && !risks.some(({ id }) => id === lesson.riskId);
  return (
    <tr>
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
        <TextCell
          label={`Text of ${name}`}
          column="text"
          value={lesson.text}
          commit={(text) => set({ text: text.trim() })}
          maxLength={10_000}
          readOnly={!mayEdit}
        />
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
