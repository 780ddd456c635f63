import { Button } from '@mantine/core';
import { IconUserScan } from '@tabler/icons-react';
import { Banner } from '@tidemark/ui';
import { nounOf } from '../shell/kind-words.ts';
import { useSession } from './context.ts';
import { CopiesBanner } from './copies-banner.tsx';
import { RightsBanner } from './rights-banner.tsx';
import type { Follow } from './use-follow.ts';

interface Props {
  follow: Follow;
  /** What somebody who may only look can still do, as a sentence. */
  readNote: string;
  /** Own movement that ends following: "Scroll". */
  stopBy: string;
}

/** What is true of the whole editor for a while: rights, work that waits for a decision, following. */
export function EditorBanners({ follow, readNote, stopBy }: Props) {
  const session = useSession();
  return (
    <>
      <RightsBanner readNote={readNote} />
      <CopiesBanner open={session} noun={nounOf(session.kind)} />
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
          Following {follow.person.name}. {stopBy} or press Esc to stop.
        </Banner>
      )}
    </>
  );
}
