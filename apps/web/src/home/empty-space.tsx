import { Button } from '@mantine/core';
import { IconChartAreaLine, IconPlus, IconSparkles } from '@tabler/icons-react';
import { EmptyState } from '@tidemark/ui';
import { diagramFiles, estimateFiles, pickFiles, tableFiles } from '../shell/files.ts';
import { KindIcon } from '../shell/kind-icon.tsx';
import css from './empty-space.module.css';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  mayEdit: boolean;
  online: boolean;
  actions: DocumentActions;
  onFiles: (files: readonly File[]) => void;
}

/** A space without documents: ways to begin, or an honest word to those who may only look. */
export function EmptySpace({ mayEdit, online, actions, onFiles }: Props) {
  if (!mayEdit) {
    return (
      <div className={css.frame}>
        <EmptyState title="Nothing here yet" icon={<IconChartAreaLine size={26} stroke={1.6} />}>
          When somebody shares a document here, you can open it. You may view; ask for edit rights to create.
        </EmptyState>
      </div>
    );
  }
  const beginning = actions.begin.isPending ? actions.begin.variables.kind : null;
  return (
    <div className={css.frame}>
      <EmptyState
        title="Start with your data"
        icon={<IconChartAreaLine size={26} stroke={1.6} />}
        actions={
          <>
            <Button
              leftSection={<IconSparkles size={16} stroke={1.8} />}
              disabled={!online}
              loading={actions.sample.isPending}
              onClick={() => actions.sample.mutate()}
            >
              Fill with a sample dashboard
            </Button>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} stroke={1.8} />}
              disabled={!online}
              loading={actions.create.isPending}
              onClick={() => actions.create.mutate([])}
            >
              New dashboard
            </Button>
            <Button
              variant="default"
              leftSection={<KindIcon kind="estimate" size={16} />}
              disabled={!online}
              loading={beginning === 'estimate'}
              onClick={() => actions.begin.mutate({ kind: 'estimate' })}
            >
              New estimate
            </Button>
            <Button
              variant="default"
              leftSection={<KindIcon kind="diagram" size={16} />}
              disabled={!online}
              loading={beginning === 'diagram'}
              onClick={() => actions.begin.mutate({ kind: 'diagram' })}
            >
              New diagram
            </Button>
          </>
        }
      >
        Drop a CSV file anywhere here, and Tidemark suggests the charts; or a BPMN file or an Excel estimate,
        to import it.
        <br />
        <button
          type="button"
          className={css.pick}
          disabled={!online}
          onClick={async () => {
            const files = await pickFiles(`${tableFiles},${diagramFiles},${estimateFiles}`);
            if (files.length > 0) onFiles(files);
          }}
        >
          Choose a file
        </button>
      </EmptyState>
    </div>
  );
}
