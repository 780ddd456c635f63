import { IconFileDollar } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { useEffect, useState } from 'react';
import { type Command, useCommands } from '../../shell/commands.ts';
import { fetched } from '../../shell/fetched.tsx';
import { onProposal, openProposal } from './proposal-door.ts';

const ProposalDialog = fetched(async () => (await import('./proposal-dialog.tsx')).ProposalDialog);

const commands: readonly Command[] = [
  {
    id: 'estimate-proposal',
    label: 'Show the proposal',
    group: 'Estimate',
    keywords: 'pdf print customer offer bid download',
    run: openProposal,
  },
];

/** Opens the estimate as its customer gets it. */
export function ProposalButton({ size }: { size: number }) {
  const [opened, setOpened] = useState(false);
  useCommands(commands);
  useEffect(() => onProposal(() => setOpened(true)), []);
  return (
    <>
      <IconButton label="Proposal" hint="Proposal" size={size} onClick={() => setOpened(true)}>
        <IconFileDollar size={18} stroke={1.7} />
      </IconButton>
      {opened && <ProposalDialog onClose={() => setOpened(false)} />}
    </>
  );
}
