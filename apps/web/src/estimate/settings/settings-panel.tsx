import { ClientFields } from './client-fields.tsx';
import { JobFields } from './job-fields.tsx';
import { PriceFields } from './price-fields.tsx';
import css from './settings.module.css';
import { TextArea } from './text-area.tsx';

/** What is true of the estimate as a whole. */
export function SettingsPanel() {
  return (
    <>
      <ClientFields />
      <JobFields />
      <PriceFields />
      <section className={css.group} aria-labelledby="settings-texts">
        <h3 className={css.title} id="settings-texts">
          Texts
        </h3>
        <TextArea
          name="scope"
          label="Scope of work"
          description="Stands at the beginning of the proposal."
          placeholder="What is done, and what is not"
        />
        <TextArea
          name="terms"
          label="Terms"
          description="Stands at the end of the proposal. Empty: the terms of the company."
          placeholder="Payment, warranty, exclusions"
        />
        <TextArea
          name="notes"
          label="Internal notes"
          description="For your company alone; on no proposal."
          placeholder="What the others should know"
        />
      </section>
    </>
  );
}
