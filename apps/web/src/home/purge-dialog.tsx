import { ConfirmDialog } from '@tidemark/ui';

interface Props {
  opened: boolean;
  what: { readonly title: string } | { readonly space: string };
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before a document, or all in the bin of a space, goes for good, and names what goes with it. */
export function PurgeDialog({ opened, what, busy, onConfirm, onClose }: Props) {
  const one = 'title' in what;
  return (
    <ConfirmDialog
      opened={opened}
      title={one ? 'Delete for good?' : 'Empty the bin?'}
      confirm={one ? 'Delete for good' : 'Empty the bin'}
      danger
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {one ? `“${what.title}” goes with its` : `All documents in the bin of “${what.space}” go with their`}{' '}
      whole history, named and submitted versions, conversation and files. Nobody can bring{' '}
      {one ? 'it' : 'them'} back. Documents that began as a copy keep what they hold.
    </ConfirmDialog>
  );
}
