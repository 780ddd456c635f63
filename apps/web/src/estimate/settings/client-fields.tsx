import { type MetaPatch, setMeta } from '@tidemark/documents/estimate';
import { useEditor } from '../../editor/context.ts';
import { DraftInput } from '../../editor/draft-input.tsx';
import { useMayEdit } from '../../editor/rights.ts';
import { useView } from '../context.ts';
import { emailProblem } from './problems.ts';
import css from './settings.module.css';

/** For whom. */
export function ClientFields() {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const meta = useView((view) => view.meta);
  const set = (patch: MetaPatch) => void setMeta(editor, patch);
  return (
    <section className={css.group} aria-labelledby="settings-client">
      <h3 className={css.title} id="settings-client">
        Client
      </h3>
      <DraftInput
        label="Name"
        value={meta.client}
        commit={(client) => set({ client: client.trim() })}
        placeholder="Person or company"
        maxLength={500}
        readOnly={!mayEdit}
      />
      <DraftInput
        label="Address"
        value={meta.clientAddress}
        commit={(clientAddress) => set({ clientAddress: clientAddress.trim() })}
        placeholder="Street, city, postcode"
        multiline
        maxLength={2000}
        readOnly={!mayEdit}
      />
      <DraftInput
        label="E-mail"
        type="email"
        value={meta.clientEmail}
        problem={emailProblem}
        commit={(clientEmail) => set({ clientEmail: clientEmail.trim() })}
        placeholder="name@example.com"
        maxLength={320}
        readOnly={!mayEdit}
      />
    </section>
  );
}
