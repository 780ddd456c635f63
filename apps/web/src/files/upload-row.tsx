import { Progress } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { sizeOf } from '../shell/sizes.ts';
import css from './files-panel.module.css';
import type { Upload, Uploads } from './uploads.ts';

/** A file on its way, with a way to stop it and to try again. */
export function UploadRow({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { id, file, state } = upload;
  const failed = state.step === 'failed';
  return (
    <li className={css.upload} data-failed={failed || undefined}>
      <span className={css.words} role={failed ? 'alert' : undefined}>
        <span className={css.name} title={file.name}>
          {file.name}
        </span>
        <span className={css.about}>{wordsOfState(upload)}</span>
        {!failed && (
          <Progress
            size={4}
            mt={5}
            value={state.step === 'sending' ? 4 + state.share * 92 : 4}
            animated={state.step === 'sending' && state.share === 1}
            aria-label={`Upload of ${file.name}`}
          />
        )}
      </span>
      {failed && state.again && (
        <IconButton
          label={`Try ${file.name} again`}
          hint="Try again"
          size={28}
          onClick={() => uploads.retry(id)}
        >
          <IconRefresh size={16} stroke={1.7} />
        </IconButton>
      )}
      <IconButton
        label={failed ? `Dismiss ${file.name}` : `Stop the upload of ${file.name}`}
        hint={failed ? 'Dismiss' : 'Stop'}
        size={28}
        onClick={() => uploads.cancel(id)}
      >
        <IconX size={16} stroke={1.7} />
      </IconButton>
    </li>
  );
}

function wordsOfState({ file, state }: Upload): string {
  if (state.step === 'failed') return state.words;
  if (state.step === 'waiting')
    return state.offline ? 'Waits for the network' : 'The connection broke; it is tried again';
  if (state.share === 1) return 'Verified by the server…';
  return `${Math.round(state.share * 100)} % of ${sizeOf(file.size)}`;
}
