import { Progress } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import type { UploadStep } from '../data/upload.ts';
import css from './upload-status.module.css';
import { useUploads } from './uploads.ts';

function wordsOfStep(step: UploadStep): string {
  switch (step.step) {
    case 'reading':
      return 'Reading…';
    case 'checking':
      return 'Checking the table…';
    case 'sending':
      return `Sending… ${Math.round(step.share * 100)} %`;
    case 'verifying':
      return 'Verified by the server…';
  }
}

function shareOf(step: UploadStep): number {
  if (step.step === 'sending') return 20 + step.share * 70;
  return step.step === 'reading' ? 5 : step.step === 'checking' ? 15 : 95;
}

/** Files on their way, and those that could not be taken. */
export function UploadStatus() {
  const { running, wrong, forgive } = useUploads();
  if (running.length === 0 && wrong.length === 0) return null;
  return (
    <div className={css.stack}>
      {running.map(({ id, name, step }) => (
        <div key={id} className={css.card} role="status">
          <div className={css.line}>
            <span className={css.name}>{name}</span>
            <span className={css.step}>{wordsOfStep(step)}</span>
          </div>
          <Progress value={shareOf(step)} size={4} aria-label={`Upload of ${name}`} />
        </div>
      ))}
      {wrong.map(({ id, file, words }) => (
        <div key={id} className={css.card} data-wrong role="alert">
          <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
          <div className={css.words}>
            <b>{file} was not added.</b> {words}
          </div>
          <IconButton label="Close message" size={26} onClick={() => forgive(id)}>
            <IconX size={15} />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
