import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { meQuery, signIn } from '../api/session.ts';
import { usePageTitle } from '../shell/page-title.ts';
import css from './auth-layout.module.css';
import { AuthLayout } from './auth-layout.tsx';
import { FormError, textOf } from './form.tsx';

export function SignInPage() {
  usePageTitle('Sign in');
  const { next } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queryClient = useQueryClient();
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      queryClient.clear();
      await queryClient.fetchQuery(meQuery);
      router.history.push(next ?? '/');
    },
  });
  return (
    <AuthLayout
      title="Welcome back"
      lead="Sign in to your workspace."
      foot={
        <>
          New here? <Link to="/sign-up">Create an account</Link>
        </>
      }
    >
      <form
        className={css.fields}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          attempt.mutate({ email: textOf(form, 'email').trim(), password: textOf(form, 'password') });
        }}
      >
        <FormError error={attempt.error} />
        <TextInput
          name="email"
          type="email"
          label="Email"
          autoComplete="username"
          required
          withAsterisk={false}
          size="md"
        />
        <PasswordInput
          name="password"
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
        />
        <Button type="submit" size="md" mt={4} loading={attempt.isPending}>
          Sign in
        </Button>
      </form>
    </AuthLayout>
  );
}
