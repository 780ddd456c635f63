import { useStatusPart } from '@tidemark/client/react';
import { useSession } from '../../editor/context.ts';
import { CopiesBanner } from '../../editor/copies-banner.tsx';
import { isRefused, useCouldEdit, useMayEdit } from '../../editor/rights.ts';
import { RightsBanner } from '../../editor/rights-banner.tsx';
import { nounOf } from '../../shell/kind-words.ts';

/** What became of this person's part in the document, and of their copy of it, while they look at its past. */
export function PastBanners() {
  const session = useSession();
  const refused = useStatusPart(session.provider, isRefused);
  const could = useCouldEdit();
  const mayEdit = useMayEdit();
  return (
    <>
      {(refused || (could && !mayEdit)) && <RightsBanner readNote="" />}
      <CopiesBanner open={session} noun={nounOf(session.kind)} />
    </>
  );
}
