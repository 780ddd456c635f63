import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconLock } from '@tabler/icons-react';
import { Banner } from '@tidemark/ui';
import { useMayEdit } from '../../editor/rights.ts';
import { useDesk, useView } from '../context.ts';
import { statusSentence } from './status-words.ts';

const icons = { submitted: IconLock, won: IconCircleCheck, lost: IconCircleX };

/** Why prices stand still, as long as they do. */
export function StatusBanner() {
  const status = useView((view) => view.meta.status);
  const mayEdit = useMayEdit();
  const { open } = useDesk();
  if (status.is === 'draft') return null;
  const Icon = icons[status.is];
  return (
    <Banner
      tone="info"
      icon={<Icon size={16} stroke={1.8} />}
      action={
        mayEdit && (
          <Button size="compact-sm" variant="default" onClick={() => open('versions')}>
            Status and versions
          </Button>
        )
      }
    >
      {statusSentence(status)}. {mayEdit ? 'Re-open it to change prices.' : 'Its prices stand still.'}
    </Banner>
  );
}
