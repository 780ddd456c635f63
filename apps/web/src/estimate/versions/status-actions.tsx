import { Button } from '@mantine/core';
import {
  IconArrowsDiff,
  IconCircleCheck,
  IconCircleX,
  IconLockOpen,
  IconSend,
  IconTag,
} from '@tabler/icons-react';
import { useSession } from '../../editor/context.ts';
import { useAdmitted, useMayEdit } from '../../editor/rights.ts';
import { ask as askOfHistory } from '../../history/door.ts';
import { sideText } from '../../history/side.ts';
import { LinkButton } from '../../shell/links.tsx';
import { useView } from '../context.ts';
import { statusSentence } from '../status/status-words.ts';
import { useVersions } from './use-versions.ts';
import { ask } from './version-door.ts';
import css from './versions.module.css';

const icon = { size: 15, stroke: 1.8 };

/** Where the estimate stands and where it may go from there. */
export function StatusActions() {
  const status = useView((view) => view.meta.status);
  const mayEdit = useMayEdit();
  const admitted = useAdmitted();
  return (
    <section aria-label="Status">
      <p className={css.stands} data-status={status.is}>
        {status.is === 'draft' ? 'Draft: prices can be changed' : statusSentence(status)}
      </p>
      {mayEdit && (
        <div className={css.actions}>
          {status.is === 'draft' && (
            <Button
              size="compact-sm"
              leftSection={<IconSend {...icon} />}
              disabled={!admitted}
              onClick={() => ask({ is: 'submit' })}
            >
              Submit…
            </Button>
          )}
          {status.is === 'submitted' && (
            <>
              <Button
                size="compact-sm"
                leftSection={<IconCircleCheck {...icon} />}
                disabled={!admitted}
                onClick={() => ask({ is: 'status', to: 'won' })}
              >
                Won…
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconCircleX {...icon} />}
                disabled={!admitted}
                onClick={() => ask({ is: 'status', to: 'lost' })}
              >
                Lost…
              </Button>
            </>
          )}
          {status.is !== 'draft' && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconLockOpen {...icon} />}
              disabled={!admitted}
              onClick={() => ask({ is: 'status', to: 'draft' })}
            >
              Re-open…
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconTag {...icon} />}
            disabled={!admitted}
            onClick={() => askOfHistory({ is: 'name', lsn: null })}
          >
            Name this version…
          </Button>
          <CompareLink />
        </div>
      )}
      {!mayEdit && <CompareLink />}
      {mayEdit && !admitted && (
        <p className={css.note}>You are offline: the status is changed on the server, when it is back.</p>
      )}
    </section>
  );
}

/** With what was kept last, where anything was. */
function CompareLink() {
  const { documentId } = useSession();
  const { data } = useVersions();
  const newest = data?.pages[0]?.items[0]?.id ?? null;
  return (
    <LinkButton
      to="/d/$documentId"
      params={{ documentId }}
      search={{ before: sideText({ documentId, at: newest === null ? null : { versionId: newest } }) }}
      size="compact-sm"
      variant="default"
      leftSection={<IconArrowsDiff {...icon} />}
    >
      Compare…
    </LinkButton>
  );
}
