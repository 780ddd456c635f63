import { Button, Indicator, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDatabase,
  IconDeviceFloppy,
  IconDots,
  IconEyeOff,
  IconFilter,
  IconPalette,
  IconPlus,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { AppBar, IconButton, KeyboardHint, Mark, usePhone } from '@tidemark/ui';
import { useSyncExternalStore } from 'react';
import { ProfileMenu } from '../shell/profile-menu.tsx';
import { useDashboard, useDesk, useView } from './context.ts';
import { useFilters } from './filters.ts';
import { People } from './people.tsx';
import { useMayEdit } from './rights.ts';
import { Status } from './status.tsx';
import { TitleField } from './title-field.tsx';
import css from './toolbar.module.css';
import type { Follow } from './use-follow.ts';
import { useSave } from './use-save.ts';

interface Props {
  title: string;
  onTitle: (text: string) => void;
  follow: Follow;
}

/** Where one is, whether it is stored, who is here, and what can be done. */
export function Toolbar({ title, onTitle, follow }: Props) {
  const phone = usePhone();
  const mayEdit = useMayEdit();
  return (
    <>
      <AppBar
        start={
          <>
            <Link to="/" aria-label="Back to your documents" className={css.home}>
              <Mark size={26} />
            </Link>
            <TitleField title={title} readOnly={!mayEdit} onChange={onTitle} />
            {!phone && <Status />}
          </>
        }
        end={
          <>
            <People follow={follow} limit={phone ? 2 : 5} />
            {!phone && <Tools />}
            <ProfileMenu />
          </>
        }
      />
      {phone && (
        <div className={css.second}>
          <Status />
          <span className={css.gap} />
          <Tools compact />
        </div>
      )}
    </>
  );
}

function Tools({ compact = false }: { compact?: boolean }) {
  const desk = useDesk();
  const mayEdit = useMayEdit();
  const { filters } = useFilters();
  const hidden = useView((view) => view.charts.reduce((count, chart) => count + Number(chart.hidden), 0));
  const save = useSave();
  const size = compact ? 44 : 32;
  const active = filters.filter(({ enabled }) => enabled).length;
  const toggle = (panel: 'data' | 'look' | 'hidden') => desk.open(desk.panel === panel ? null : panel);

  const filterButton = (
    <Indicator
      label={active}
      size={15}
      disabled={active === 0}
      offset={5}
      classNames={{ indicator: css.count }}
    >
      <IconButton
        label={active > 0 ? `Filters, ${active} active` : 'Filters'}
        size={size}
        aria-pressed={desk.filtersOpen}
        onClick={() => desk.showFilters(!desk.filtersOpen)}
      >
        <IconFilter size={18} stroke={1.7} />
      </IconButton>
    </Indicator>
  );
  if (!mayEdit) return <div className={css.tools}>{filterButton}</div>;
  return (
    <div className={css.tools}>
      {!compact && <span className={css.rule} />}
      <UndoButtons size={size} />
      {!compact && <span className={css.rule} />}
      {filterButton}
      {compact ? (
        <Menu position="bottom-end" width={210}>
          <Menu.Target>
            <IconButton label="More" size={size}>
              <IconDots size={20} stroke={1.7} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDatabase size={17} stroke={1.7} />}
              onClick={() => desk.open('data')}
            >
              Data
            </Menu.Item>
            <Menu.Item leftSection={<IconPalette size={17} stroke={1.7} />} onClick={() => desk.open('look')}>
              Appearance
            </Menu.Item>
            <Menu.Item
              leftSection={<IconEyeOff size={17} stroke={1.7} />}
              onClick={() => desk.open('hidden')}
            >
              Hidden charts ({hidden})
            </Menu.Item>
            <Menu.Item leftSection={<IconDeviceFloppy size={17} stroke={1.7} />} onClick={save}>
              Save now
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <>
          <IconButton label="Data" aria-pressed={desk.panel === 'data'} onClick={() => toggle('data')}>
            <IconDatabase size={18} stroke={1.7} />
          </IconButton>
          <IconButton label="Appearance" aria-pressed={desk.panel === 'look'} onClick={() => toggle('look')}>
            <IconPalette size={18} stroke={1.7} />
          </IconButton>
          {hidden > 0 && (
            <Indicator label={hidden} size={15} offset={5} classNames={{ indicator: css.count }}>
              <IconButton
                label={`Hidden charts, ${hidden}`}
                aria-pressed={desk.panel === 'hidden'}
                onClick={() => toggle('hidden')}
              >
                <IconEyeOff size={18} stroke={1.7} />
              </IconButton>
            </Indicator>
          )}
          <IconButton
            label="Save now"
            hint={
              <>
                Save now <KeyboardHint keys="Mod+S" />
              </>
            }
            onClick={save}
          >
            <IconDeviceFloppy size={18} stroke={1.7} />
          </IconButton>
        </>
      )}
      {compact ? (
        <IconButton label="Add chart" size={44} variant="filled" onClick={() => desk.showAdding(true)}>
          <IconPlus size={20} stroke={2} />
        </IconButton>
      ) : (
        <Tooltip label={<KeyboardHint keys="A" />}>
          <Button
            size="xs"
            h={32}
            ml={4}
            leftSection={<IconPlus size={16} stroke={2} />}
            onClick={() => desk.showAdding(true)}
          >
            Add chart
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

function UndoButtons({ size }: { size: number }) {
  const { undo } = useDashboard();
  const { canUndo, canRedo, undoLabel, redoLabel } = useSyncExternalStore(undo.subscribe, undo.status);
  return (
    <>
      <IconButton
        label={undoLabel ? `Undo: ${undoLabel}` : 'Undo'}
        size={size}
        disabled={!canUndo}
        onClick={() => undo.undo()}
      >
        <IconArrowBackUp size={18} stroke={1.7} />
      </IconButton>
      <IconButton
        label={redoLabel ? `Redo: ${redoLabel}` : 'Redo'}
        size={size}
        disabled={!canRedo}
        onClick={() => undo.redo()}
      >
        <IconArrowForwardUp size={18} stroke={1.7} />
      </IconButton>
    </>
  );
}
