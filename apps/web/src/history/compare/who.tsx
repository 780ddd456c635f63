import { timeAgo, timeInFull } from '../../shell/time.ts';
import { type Authorship, peopleWords } from './authors.ts';
import css from './compare.module.css';

/** Who brought a change about, and when. `asking`: whether the answer is still on its way. */
export function Who({ authorship, asking }: { authorship: Authorship; asking: boolean }) {
  if (authorship.is === 'before-detail') return 'Before detail: who and when is not kept';
  if (authorship.is === 'unknown') return asking ? '…' : '';
  const names = authorship.people.map(({ name }) => name).join(', ');
  return (
    <span title={`${names}, ${timeInFull(authorship.at)}`}>
      {peopleWords(authorship)} · <span className={css.onScreen}>{timeAgo(authorship.at)}</span>
      <span className={css.onPaper}>{timeInFull(authorship.at)}</span>
      {authorship.partly && ', and before detail'}
    </span>
  );
}
