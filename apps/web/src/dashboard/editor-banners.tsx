import { Button } from '@mantine/core';
import { IconUserScan } from '@tabler/icons-react';
import { Banner } from '@tidemark/ui';
import { CopiesBanner } from './copies-banner.tsx';
import { RightsBanner } from './rights-banner.tsx';
import type { Follow } from './use-follow.ts';

/** What is true of the whole editor for a while: rights, work that waits for a decision, following. */
export function EditorBanners({ follow }: { follow: Follow }) {
  return (
    <>
      <RightsBanner />
      <CopiesBanner />
      {follow.person && (
        <Banner
          tone="info"
          icon={<IconUserScan size={16} stroke={1.8} />}
          action={
            <Button size="compact-sm" variant="default" onClick={follow.stop}>
              Stop following
            </Button>
          }
        >
          Following {follow.person.name}. Scroll or press Esc to stop.
        </Banner>
      )}
    </>
  );
}
