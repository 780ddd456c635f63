import { useSession } from '../../editor/context.ts';
import { CopiesBanner } from '../../editor/copies-banner.tsx';
import { RightsBanner } from '../../editor/rights-banner.tsx';
import { nounOf } from '../../shell/kind-words.ts';

/** What became of this person's part in the document, and of their copy of it, while they look at its past. */
export function PastBanners() {
  const session = useSession();
  return (
    <>
      <RightsBanner readNote={null} />
      <CopiesBanner open={session} noun={nounOf(session.kind)} />
    </>
  );
}
