import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { usePageTitle } from '../shell/page-title.ts';
import { AuthLayout } from './auth-layout.tsx';
import { SignUpForm } from './sign-up-form.tsx';

export function SignUpPage() {
  usePageTitle('Create an account');
  const { invitation } = useSearch({ from: '/sign-up' });
  const navigate = useNavigate();
  return (
    <AuthLayout
      title="Create your workspace"
      lead="A shared space for your company and a private one for you. It takes a minute."
      foot={
        <>
          Have an account? <Link to="/sign-in">Sign in</Link>
        </>
      }
    >
      <SignUpForm invitation={invitation} submit="Create account" onDone={() => void navigate({ to: '/' })} />
    </AuthLayout>
  );
}
