import { type MetaPatch, setMeta, setReview } from '@tidemark/documents/estimate';
import { useEditor } from '../../editor/context.ts';
import { DraftInput } from '../../editor/draft-input.tsx';
import { useMayEdit } from '../../editor/rights.ts';
import { useNow } from '../../shell/use-now.ts';
import { useView } from '../context.ts';
import { daysProblem } from './problems.ts';
import css from './settings.module.css';

/** What for, by whom and until when. */
export function JobFields() {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const meta = useView((view) => view.meta);
  const plannedDays = useView((view) => view.review.plannedDays);
  const set = (patch: MetaPatch) => void setMeta(editor, patch);
  return (
    <section className={css.group} aria-labelledby="settings-job">
      <h3 className={css.title} id="settings-job">
        Job
      </h3>
      <DraftInput
        label="Site"
        value={meta.site}
        commit={(site) => set({ site: site.trim() })}
        placeholder="Where the work is done"
        multiline
        maxLength={2000}
        readOnly={!mayEdit}
      />
      <div className={css.pair}>
        <DraftInput
          label="Estimate number"
          value={meta.number}
          commit={(number) => set({ number: number.trim() })}
          placeholder="2026-014"
          maxLength={100}
          readOnly={!mayEdit}
        />
        <DraftInput
          label="Planned days"
          value={plannedDays === null ? '' : String(plannedDays)}
          problem={daysProblem}
          commit={(text) => {
            const said = text.trim();
            setReview(editor, { plannedDays: said === '' ? null : Number(said) });
          }}
          inputMode="numeric"
          readOnly={!mayEdit}
        />
      </div>
      <DraftInput
        label="Valid until"
        type="date"
        value={meta.validUntil}
        commit={(validUntil) => set({ validUntil })}
        hint={<Validity until={meta.validUntil} />}
        readOnly={!mayEdit}
      />
      <DraftInput
        label="Prepared by"
        value={meta.preparedBy}
        commit={(preparedBy) => set({ preparedBy: preparedBy.trim() })}
        placeholder="Stands on the proposal"
        maxLength={500}
        readOnly={!mayEdit}
      />
    </section>
  );
}

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

function Validity({ until }: { until: string }) {
  const now = useNow();
  if (until === '') return 'The proposal names no date.';
  const words = day.format(Date.parse(until));
  const isPast = until < new Date(now).toISOString().slice(0, 10);
  return isPast ? <span className={css.past}>Over since {words}.</span> : words;
}
