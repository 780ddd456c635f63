import { IconAlertCircle } from '@tabler/icons-react';
import { ApiError, wordsOf } from '../api/http.ts';
import css from './form.module.css';

export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** What the login service says in its own codes, in our words. */
export function formErrorText(error: unknown): string {
  if (!(error instanceof ApiError)) return wordsOf(error);
  const code = error.code.toLowerCase().replaceAll('_', '-');
  if (code === 'offline') return 'You are offline, or the server cannot be reached. Try again in a moment.';
  if (code === 'wrong-credentials' || code === 'invalid-email-or-password' || error.status === 401) {
    return 'The email address or the password is wrong.';
  }
  if (code.startsWith('user-already-exists') || code === 'already-exists') {
    return 'There is an account with this email address already. Sign in instead.';
  }
  if (code === 'too-many-requests' || error.status === 429) {
    return 'Too many attempts. Wait a minute, then try again.';
  }
  return error.message;
}

export function FormError({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <div className={css.error} role="alert">
      <IconAlertCircle size={17} stroke={1.8} aria-hidden />
      <span>{formErrorText(error)}</span>
    </div>
  );
}
