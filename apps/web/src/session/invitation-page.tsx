import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { acceptInvitation, invitationQuery } from '../api/company.ts';
import { ApiError } from '../api/http.ts';
import { wasSignedIn } from '../api/kept-me.ts';
import { meQuery, signOut } from '../api/session.ts';
import { usePageTitle } from '../shell/page-title.ts';
import css from './auth-layout.module.css';
import { AuthLayout } from './auth-layout.tsx';
import { FormError } from './form.tsx';
import { SignUpForm } from './sign-up-form.tsx';

export function InvitationPage() {
  usePageTitle('Invitation');
  const { code } = useParams({ from: '/invite/$code' });
  const invitation = useQuery(invitationQuery(code));
  const me = useQuery({ ...meQuery, retry: false, enabled: wasSignedIn });

  if (invitation.isPending || me.isLoading) {
    return (
      <AuthLayout title="Your invitation">
        <Skeleton height={14} width="80%" mb={12} />
        <Skeleton height={14} width="60%" mb={32} />
        <Skeleton height={42} />
      </AuthLayout>
    );
  }
  if (invitation.isError)
    return <BrokenInvitation error={invitation.error} retry={() => void invitation.refetch()} />;

  const { company, inviter, role } = invitation.data;
  const may = role === 'viewer' ? 'view' : 'view and edit';
  const lead = (
    <>
      {inviter ? <b>{inviter.name}</b> : 'Somebody'} invited you to join <b>{company.name}</b> as{' '}
      {role === 'viewer' ? 'a viewer' : 'an editor'}. You can {may} everything in the shared space.
    </>
  );
  return (
    <AuthLayout
      title={`Join ${company.name}`}
      lead={lead}
      foot={
        me.data ? undefined : (
          <>
            Have an account?{' '}
            <Link to="/sign-in" search={{ next: `/invite/${code}` }}>
              Sign in to join
            </Link>
          </>
        )
      }
    >
      {me.data ? (
        <Join code={code} company={company.name} email={me.data.user.email} />
      ) : (
        <SignUpToJoin code={code} />
      )}
    </AuthLayout>
  );
}

function SignUpToJoin({ code }: { code: string }) {
  const navigate = useNavigate();
  return (
    <SignUpForm
      invitation={code}
      submit="Create account and join"
      onDone={() => void navigate({ to: '/' })}
    />
  );
}

function Join({ code, company, email }: { code: string; company: string; email: string }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const join = useMutation({
    mutationFn: () => acceptInvitation(code),
    onSuccess: async () => {
      queryClient.clear();
      await queryClient.fetchQuery(meQuery);
      await navigate({ to: '/' });
    },
  });
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => queryClient.resetQueries() });
  return (
    <div className={css.fields}>
      <FormError error={join.error} />
      <Button size="md" loading={join.isPending} onClick={() => join.mutate()}>
        Join {company}
      </Button>
      <Button variant="subtle" loading={leave.isPending} onClick={() => leave.mutate()}>
        Not {email}? Sign out
      </Button>
    </div>
  );
}

function BrokenInvitation({ error, retry }: { error: Error; retry: () => void }) {
  const gone = error instanceof ApiError && [404, 409, 410].includes(error.status);
  return (
    <AuthLayout
      title={gone ? 'This invitation no longer works' : 'The invitation could not be loaded'}
      lead={
        gone
          ? 'It was used, withdrawn or has expired. Ask the person who sent it for a new link.'
          : 'The server cannot be reached at the moment.'
      }
    >
      {gone ? (
        <Button component={Link} to="/" variant="default" size="md">
          Go to Tidemark
        </Button>
      ) : (
        <Button variant="default" size="md" onClick={retry}>
          Try again
        </Button>
      )}
    </AuthLayout>
  );
}
