import { Button, CopyButton, Modal, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconButton } from '@tidemark/ui';
import { request, wordsOf } from '../api/http.ts';
import { FormError, textOf } from '../session/form.tsx';
import { timeAgo } from './time.ts';
import css from './tokens-dialog.module.css';

interface Token {
  id: string;
  name: string;
  createdAt: string;
}

/** Tokens for scripts: made once, shown once, withdrawn at will. */
export function TokensDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const tokens = useQuery({
    queryKey: ['tokens'],
    queryFn: async () => (await request<{ items: Token[] }>('GET', '/api/tokens')).items,
  });
  const again = () => queryClient.invalidateQueries({ queryKey: ['tokens'] });
  const make = useMutation({
    mutationFn: (name: string) => request<{ token: string }>('POST', '/api/tokens', { name }),
    onSuccess: again,
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => request<unknown>('DELETE', `/api/tokens/${id}`),
    onSuccess: again,
  });
  return (
    <Modal opened onClose={onClose} title="API tokens" size="md" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={css.words}>A token lets a script do what you may do. Keep it like a password.</p>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(textOf(new FormData(event.currentTarget), 'name').trim());
          event.currentTarget.reset();
        }}
      >
        <TextInput
          name="name"
          aria-label="Name of the new token"
          placeholder="What is it for?"
          required
          flex={1}
        />
        <Button type="submit" loading={make.isPending}>
          Make token
        </Button>
      </form>
      <FormError error={make.error ?? withdraw.error} />
      {make.data && (
        <div className={css.fresh} role="status">
          <p>Copy it now: it is not shown again.</p>
          <div className={css.secret}>
            <code>{make.data.token}</code>
            <CopyButton value={make.data.token}>
              {({ copied, copy }) => (
                <Button variant="default" size="xs" onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
          </div>
        </div>
      )}
      {tokens.isError && <p className={css.words}>{wordsOf(tokens.error)}</p>}
      {tokens.data?.length === 0 && <p className={css.words}>You have no tokens.</p>}
      <ul className={css.list}>
        {(tokens.data ?? []).map((token) => (
          <li key={token.id}>
            <span className={css.name}>{token.name}</span>
            <span className={css.when}>{timeAgo(token.createdAt)}</span>
            <IconButton label={`Withdraw ${token.name}`} onClick={() => withdraw.mutate(token.id)}>
              <IconTrash size={16} stroke={1.7} />
            </IconButton>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
