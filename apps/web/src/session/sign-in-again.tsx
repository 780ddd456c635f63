import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { meQuery, signIn } from '../api/session.ts';
import { FormError, textOf } from './form.tsx';
import css from './sign-in-again.module.css';

interface Props {
  /** Only this person: what waits on the device is theirs. */
  email: string;
  onDone: () => void;
  onClose: () => void;
}

/** Signs the same person in again without leaving what they are at. */
export function SignInAgain({ email, onDone, onClose }: Props) {
  const queryClient = useQueryClient();
  const attempt = useMutation({
    mutationFn: (password: string) => signIn({ email, password }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      onDone();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title="Sign in again"
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={css.fields}
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(textOf(new FormData(event.currentTarget), 'password'));
        }}
      >
        <FormError error={attempt.error} />
        <TextInput label="Email" name="email" type="email" autoComplete="username" value={email} readOnly />
        <PasswordInput
          name="password"
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
        />
        <Button type="submit" loading={attempt.isPending}>
          Sign in
        </Button>
      </form>
    </Modal>
  );
}
