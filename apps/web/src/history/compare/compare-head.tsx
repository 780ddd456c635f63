import { SegmentedControl } from '@mantine/core';
import { IconArrowLeft, IconArrowsLeftRight, IconListDetails } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { AppBar, IconButton } from '@tidemark/ui';
import { nounOf } from '../../shell/kind-words.ts';
import { ProfileMenu } from '../../shell/profile-menu.tsx';
import { useLive } from '../live.ts';
import type { Side } from '../side.ts';
import css from './compare.module.css';
import { MomentPicker } from './moment-picker.tsx';
import { type CompareView, views } from './use-look.ts';
import type { ComparedSide } from './use-sides.ts';

interface Props {
  title: string;
  before: ComparedSide;
  after: ComparedSide;
  view: CompareView;
  onView: (view: CompareView) => void;
  onChoose: (before: Side, after: Side) => void;
  /** Things that differ; null while nothing is compared. */
  count: number | null;
  /** Whether the list is open. */
  listed: boolean;
  onList: () => void;
}

const labels: Readonly<Record<CompareView, string>> = {
  before: 'Before',
  after: 'After',
  changes: 'Changes',
};

/** What is compared with what, and which of it is on the screen. */
export function CompareHead({ title, before, after, view, onView, onChoose, count, listed, onList }: Props) {
  const { documentId, kind } = useLive();
  const list = count === null ? 'List' : count === 1 ? '1 change' : `${count} changes`;
  return (
    <>
      <AppBar
        start={
          <>
            <Link
              to="/d/$documentId"
              params={{ documentId }}
              className={css.back}
              aria-label={`Back to the ${nounOf(kind)}`}
            >
              <IconArrowLeft size={18} stroke={1.8} />
            </Link>
            <h1 className={css.title}>Compare</h1>
            <span className={css.of}>{title}</span>
          </>
        }
        end={<ProfileMenu />}
      />
      <section className={css.head} aria-label="What is compared">
        <div className={css.sides}>
          <MomentPicker
            label="Before"
            side={before.side}
            called={before.label}
            onChoose={(side) => onChoose(side, after.side)}
          />
          <IconButton label="Swap before and after" onClick={() => onChoose(after.side, before.side)}>
            <IconArrowsLeftRight size={18} stroke={1.7} />
          </IconButton>
          <MomentPicker
            label="After"
            side={after.side}
            called={after.label}
            onChoose={(side) => onChoose(before.side, side)}
          />
        </div>
        <div className={css.looks}>
          <SegmentedControl
            aria-label="On the screen"
            title="[ and ] go from one to the next"
            size="sm"
            data={views.map((value) => ({ value, label: labels[value] }))}
            value={view}
            onChange={(value) => onView(views.find((one) => one === value) ?? 'changes')}
          />
          <button type="button" className={css.toggle} aria-pressed={listed} onClick={onList}>
            <IconListDetails size={16} stroke={1.8} aria-hidden />
            {list}
          </button>
        </div>
      </section>
    </>
  );
}
