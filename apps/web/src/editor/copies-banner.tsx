import { IconHistory } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { discardSetAside, listSetAside, readSetAside, type SetAside } from '@tidemark/client';
import { Banner, ConfirmDialog } from '@tidemark/ui';
import { useState } from 'react';
import { downloadCopy } from './copy-file.ts';
import type { OpenDocument } from './open-document.ts';
import { CopyActions } from './rights-banner.tsx';

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Copies of earlier lives of this document that wait on this device for a decision; the newest is asked about first. */
export function CopiesBanner({ open, noun }: { open: OpenDocument; noun: string }) {
  const { provider, documentId, me } = open;
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  // Each session asks anew: it begins when a life has ended.
  const queryKey = ['set-aside', me.id, documentId, provider.doc.guid];
  const { data: copies = [] } = useQuery({
    queryKey,
    queryFn: () => listSetAside(me.id, documentId),
    networkMode: 'always',
  });
  const copy = copies.at(-1);
  const discard = useMutation({
    mutationFn: (one: SetAside) => discardSetAside(one),
    networkMode: 'always',
    onSettled() {
      setAsking(false);
      return queryClient.invalidateQueries({ queryKey });
    },
  });
  if (!copy) return null;
  const { unsent, epoch } = copy;
  const download = async () => downloadCopy(await readSetAside(copy), { documentId, unsent, epoch });
  return (
    <>
      <Banner
        tone="warn"
        icon={<IconHistory size={16} stroke={1.8} />}
        action={<CopyActions onDownload={() => void download()} onDiscard={() => setAsking(true)} />}
      >
        {copy.why === 'begun-anew'
          ? `This ${noun} was begun anew. Your copy of its earlier life is kept`
          : 'A copy of yours from another tab is kept'}
        {unsent > 0 &&
          `, with ${unsent === 1 ? 'a change that was' : `${unsent} changes that were`} not sent`}
        .{copies.length > 1 && ` It is the newest of ${copies.length}.`}
      </Banner>
      <ConfirmDialog
        opened={asking}
        title="Discard this copy?"
        confirm="Discard"
        danger
        busy={discard.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => discard.mutate(copy)}
      >
        It was kept on {moment.format(copy.since)}
        {unsent > 0 &&
          ` and has ${unsent === 1 ? 'a change' : `${unsent} changes`} that ${unsent === 1 ? 'was' : 'were'} never sent`}
        . Only this device has it; discarded, nobody can bring it back.
      </ConfirmDialog>
    </>
  );
}
