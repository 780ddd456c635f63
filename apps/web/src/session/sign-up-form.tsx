import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/http.ts';
import { meQuery, signUp } from '../api/session.ts';
import css from './auth-layout.module.css';
import { FormError, textOf } from './form.tsx';

/** Shortest password the server takes, characters. */
const shortestPassword = 8;

interface Props {
  invitation?: string | undefined;
  submit: string;
  onDone: () => void;
}

export function SignUpForm({ invitation, submit, onDone }: Props) {
  const queryClient = useQueryClient();
  const [short, setShort] = useState(false);
  const attempt = useMutation({
    mutationFn: signUp,
    onSuccess: async () => {
      queryClient.clear();
      await queryClient.fetchQuery(meQuery);
      onDone();
    },
  });
  const fields = attempt.error instanceof ApiError ? attempt.error.fields : {};
  return (
    <form
      className={css.fields}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const password = textOf(form, 'password');
        setShort(password.length < shortestPassword);
        if (password.length < shortestPassword) return;
        attempt.mutate({
          name: textOf(form, 'name').trim(),
          email: textOf(form, 'email').trim(),
          password,
          ...(invitation ? { invitation } : {}),
        });
      }}
    >
      <FormError error={attempt.error} />
      <TextInput
        name="name"
        label="Your name"
        autoComplete="name"
        required
        withAsterisk={false}
        size="md"
        maxLength={100}
        error={fields.name}
      />
      <TextInput
        name="email"
        type="email"
        label="Work email"
        autoComplete="username"
        required
        withAsterisk={false}
        size="md"
        error={fields.email}
      />
      <PasswordInput
        name="password"
        label="Password"
        description={`At least ${shortestPassword} characters`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="new-password"
        required
        withAsterisk={false}
        size="md"
        error={short ? 'This password is too short.' : fields.password}
        onChange={() => setShort(false)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
      />
      <Button type="submit" size="md" mt={4} loading={attempt.isPending}>
        {submit}
      </Button>
    </form>
  );
}
