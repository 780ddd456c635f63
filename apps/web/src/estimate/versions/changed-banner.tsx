import { IconArrowsDiff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { estimate } from '@tidemark/documents/estimate';
import { Banner } from '@tidemark/ui';
import { useMemo } from 'react';
import { stateQuery } from '../../api/versions.ts';
import { useSession } from '../../editor/context.ts';
import { viewOfState } from '../../editor/past-session.ts';
import { useAdmitted } from '../../editor/rights.ts';
import { sideText } from '../../history/side.ts';
import { LinkButton } from '../../shell/links.tsx';
import { useView } from '../context.ts';
import { submittedDifference } from './submitted-difference.ts';

import { moneyStep } from './version-words.ts';

/** That prices are no longer those that were submitted, as long as that is so. */
export function ChangedBanner() {
  const { documentId } = useSession();
  const { is, versionId, number } = useView((view) => view.meta.status);
  const view = useView((all) => all);
  const admitted = useAdmitted();
  const frozen = is !== 'draft' && versionId !== null ? versionId : null;
  const { data: state } = useQuery({
    ...stateQuery(documentId, frozen),
    enabled: frozen !== null && admitted,
  });
  const submitted = useMemo(() => (state && frozen ? viewOfState(estimate, state) : null), [state, frozen]);
  const difference = useMemo(
    () => (submitted === null ? null : submittedDifference(submitted, view)),
    [submitted, view],
  );
  if (frozen === null || difference === null) return null;
  const { changes, bid } = difference;
  const step = moneyStep(bid, view.meta.currency);
  return (
    <Banner
      tone="warn"
      icon={<IconArrowsDiff size={16} stroke={1.8} />}
      action={
        <LinkButton
          to="/d/$documentId"
          params={{ documentId }}
          search={{ before: sideText({ documentId, at: { versionId: frozen } }) }}
          size="compact-sm"
          variant="default"
        >
          Compare
        </LinkButton>
      }
    >
      {changes === 1 ? 'One thing is' : `${changes} things are`} not as submitted with #{number}: edits of
      somebody who was offline arrived later.{' '}
      {step.way === 'same' ? 'The bid is the same.' : `Bid: ${step.text}.`}
    </Banner>
  );
}
