import { Switch } from '@mantine/core';
import { IconSitemap } from '@tabler/icons-react';
import { EmptyState, LiveRegion, usePhone } from '@tidemark/ui';
import { useState } from 'react';
import { useTools } from '../tools/context.ts';
import css from './outline.module.css';
import { OutlineTree } from './outline-tree.tsx';
import { useOthersChanges } from './use-others-changes.ts';
import { useTree } from './use-tree.ts';

/** The diagram as a tree, to be read and edited by keyboard alone. */
export function OutlinePanel() {
  const { mayEdit } = useTools();
  const tree = useTree();
  const [following, setFollowing] = useState(false);
  const phone = usePhone();
  const news = useOthersChanges();
  if (tree.rows.length === 0) {
    return (
      <EmptyState
        size="tile"
        level={3}
        icon={<IconSitemap size={22} stroke={1.5} />}
        title="Nothing to outline yet"
      >
        What stands in the diagram is listed here, in the order in which it runs.
      </EmptyState>
    );
  }
  return (
    <div className={css.panel}>
      {!phone && (
        <Switch
          className={css.follow ?? ''}
          label="← and → follow the flow"
          checked={following}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
      )}
      <OutlineTree tree={tree} following={following} />
      {mayEdit && (
        <p className={css.hint}>
          Enter shows a step, F2 renames it, Shift+F10 offers what can be done. Alt+← and Alt+→ follow the
          flow.
        </p>
      )}
      <LiveRegion message={news} every={8000} />
    </div>
  );
}
