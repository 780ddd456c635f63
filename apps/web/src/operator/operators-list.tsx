import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Avatar, Card, ConfirmDialog, ListSkeleton } from '@tidemark/ui';
import { useState } from 'react';
import { wordsOf } from '../api/http.ts';
import { appointOperator, dismissOperator, type Operator, operatorsQuery } from '../api/operator.ts';
import { meQuery } from '../api/session.ts';
import { colourOf } from '../shell/colour.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import css from './operators-list.module.css';

/** Who may see this page. */
export function OperatorsList() {
  const { data: me } = useSuspenseQuery(meQuery);
  const operators = useQuery(operatorsQuery);
  const queryClient = useQueryClient();
  const [leaving, setLeaving] = useState<Operator | null>(null);
  const dismiss = useMutation({
    mutationFn: ({ id }: Operator) => dismissOperator(id),
    onError: (error) => notifications.show({ color: 'red', message: wordsOf(error) }),
    onSettled: async (_done, _error, { id }) => {
      setLeaving(null);
      await queryClient.invalidateQueries({ queryKey: operatorsQuery.queryKey });
      if (id === me.user.id) await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  return (
    <Card as="section" aria-label="Operators">
      <Appointment />
      {operators.isPending && <ListSkeleton />}
      {operators.isError && <p className={css.words}>{wordsOf(operators.error)}</p>}
      <ul className={css.list} aria-label="Operators">
        {(operators.data ?? []).map((one) => (
          <li key={one.id} className={css.operator}>
            <Avatar person={{ id: one.id, name: one.name, colour: colourOf(one.id) }} size={32} />
            <span className={css.who}>
              <span className={css.name}>
                {one.name}
                {one.id === me.user.id && <span className={css.you}> (you)</span>}
              </span>
              <span className={css.sub}>{one.email}</span>
            </span>
            <span className={css.since} title={timeInFull(one.appointedAt)}>
              {one.appointedBy === null ? 'the first' : `by ${one.appointedBy}, ${timeAgo(one.appointedAt)}`}
            </span>
            {(operators.data?.length ?? 0) > 1 && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Dismiss ${one.name}`}
                onClick={() => setLeaving(one)}
              >
                Dismiss
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={leaving !== null}
        title={`Dismiss ${leaving?.name ?? ''}?`}
        confirm="Dismiss"
        danger
        busy={dismiss.isPending}
        onConfirm={() => leaving && dismiss.mutate(leaving)}
        onClose={() => setLeaving(null)}
      >
        They no longer see this page. Their documents and companies stay theirs.
      </ConfirmDialog>
    </Card>
  );
}

function Appointment() {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const appoint = useMutation({
    mutationFn: appointOperator,
    onSuccess: async () => {
      setEmail('');
      await queryClient.invalidateQueries({ queryKey: operatorsQuery.queryKey });
    },
  });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        appoint.mutate(email.trim());
      }}
    >
      <TextInput
        label="Appoint somebody with an account here"
        type="email"
        required
        withAsterisk={false}
        placeholder="name@example.com"
        value={email}
        flex={1}
        onChange={(event) => {
          setEmail(event.currentTarget.value);
          appoint.reset();
        }}
        error={appoint.isError ? wordsOf(appoint.error) : undefined}
      />
      <Button type="submit" loading={appoint.isPending} disabled={email.trim() === ''}>
        Appoint
      </Button>
    </form>
  );
}
