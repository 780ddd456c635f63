import { Button, Checkbox, Skeleton, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconHistory, IconSearch } from '@tabler/icons-react';
import { EmptyState } from '@tidemark/ui';
import { wordsOf } from '../../api/http.ts';
import type { RecoveryDeparted, RecoveryMode } from '../../api/recovery.ts';
import { Departed } from './departed.tsx';
import css from './recovery.module.css';
import { ChoosingList } from './recovery-list.tsx';
import type { Choice } from './use-choice.ts';
import { documentsWords, planWords } from './words.ts';

interface Props {
  choice: Choice;
  departed: RecoveryDeparted | null;
  /** Whether all of it is there. */
  whole: boolean;
  error: Error | null;
  retry: () => unknown;
  mode: RecoveryMode;
  nearest: boolean;
}

/** What would happen to each document of the space, and which of them go back. */
export function RecoveryPreview({ choice, departed, whole, error, retry, mode, nearest }: Props) {
  const { items, able, chosen } = choice;
  if (error) {
    return (
      <EmptyState
        size="tile"
        level={3}
        title="That could not be looked up"
        icon={<IconAlertTriangle size={22} stroke={1.6} />}
        actions={
          <Button size="compact-sm" variant="default" onClick={() => void retry()}>
            Try again
          </Button>
        }
      >
        {wordsOf(error)}
      </EmptyState>
    );
  }
  if (!whole) return <Skeleton mt={18} height={120} aria-label="Looking what stood then" />;
  const would = mode === 'copies' ? 'be copied' : 'come back';
  return (
    <>
      {items.every(({ standing, binned }) => standing === 'unchanged' && !binned) ? (
        <div className={css.none}>
          <EmptyState
            size="tile"
            level={3}
            title="Nothing changed since then"
            icon={<IconHistory size={22} stroke={1.6} />}
          >
            Every document here is as it was.
          </EmptyState>
        </div>
      ) : (
        <>
          <p className={css.summary} role="status">
            {able === 0
              ? 'Nothing would come back.'
              : chosen === 0
                ? 'Nothing is chosen.'
                : `${documentsWords(chosen)} would ${would}, ${items.length - chosen} would stay.`}
          </p>
          <div className={css.board}>
            {able > 0 && <ChoiceHead choice={choice} />}
            {choice.shown.length === 0 ? (
              <p className={css.nothing}>No name here holds “{choice.filter.trim()}”.</p>
            ) : (
              <ChoosingList
                choice={choice}
                planOf={(item) => planWords(item, mode, nearest)}
                nearest={nearest}
              />
            )}
          </div>
        </>
      )}
      {departed && <Departed departed={departed} />}
    </>
  );
}

/** The box of all that the list shows, and the filter. */
function ChoiceHead({ choice }: { choice: Choice }) {
  const { filter, setFilter, ableShown, chosenShown } = choice;
  return (
    <div className={css.head}>
      <Checkbox
        size="xs"
        aria-label={filter.trim() === '' ? 'Choose all' : 'Choose all that are shown'}
        disabled={ableShown === 0}
        checked={ableShown > 0 && chosenShown === ableShown}
        indeterminate={chosenShown > 0 && chosenShown < ableShown}
        onChange={(event) => choice.setShown(event.currentTarget.checked)}
      />
      <span className={css.chosen}>{`${chosenShown} of ${ableShown} chosen`}</span>
      <TextInput
        type="search"
        size="xs"
        aria-label="Filter by name"
        placeholder="Filter by name"
        leftSection={<IconSearch size={14} stroke={1.7} />}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        // Escape takes the filter away first, and Enter would begin the recovery.
        data-mantine-stop-propagation={filter !== ''}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setFilter('');
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
    </div>
  );
}
