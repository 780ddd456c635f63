import { IconFileDollar } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onProposal } from './proposal-door.ts';

const ProposalDialog = lazy(async () => ({
  default: (await import('./proposal-dialog.tsx')).ProposalDialog,
}));

/** Opens the estimate as its customer gets it. */
export function ProposalButton({ size }: { size: number }) {
  const [opened, setOpened] = useState(false);
  useEffect(() => onProposal(() => setOpened(true)), []);
  return (
    <>
      <IconButton label="Proposal" hint="Proposal" size={size} onClick={() => setOpened(true)}>
        <IconFileDollar size={18} stroke={1.7} />
      </IconButton>
      <Suspense fallback={null}>{opened && <ProposalDialog onClose={() => setOpened(false)} />}</Suspense>
    </>
  );
}
