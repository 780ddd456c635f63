import { Button, Indicator, Menu, Tooltip } from '@mantine/core';
import {
  IconDatabase,
  IconDeviceFloppy,
  IconDots,
  IconEyeOff,
  IconFilter,
  IconHistory,
  IconPalette,
  IconPaperclip,
  IconPlus,
} from '@tabler/icons-react';
import { IconButton, KeyboardHint } from '@tidemark/ui';
import { CommentsButton } from '../conversation/comments-button.tsx';
import { useMayEdit } from '../editor/rights.ts';
import { SaveButton } from '../editor/save-button.tsx';
import tools from '../editor/tools.module.css';
import { UndoButtons } from '../editor/undo-buttons.tsx';
import { useSave } from '../editor/use-save.ts';
import { FilesButton } from '../files/files-button.tsx';
import { useLeaveComments } from './comments.tsx';
import { useDesk, useView } from './context.ts';
import { useFilters } from './filters.ts';

/** What can be done with a dashboard. */
export function DashboardTools({ compact }: { compact: boolean }) {
  const desk = useDesk();
  const mayEdit = useMayEdit();
  const { filters } = useFilters();
  const hidden = useView((view) => view.charts.reduce((count, chart) => count + Number(chart.hidden), 0));
  const save = useSave();
  const size = compact ? 44 : 32;
  const active = filters.filter(({ enabled }) => enabled).length;
  const leaveTalk = useLeaveComments();
  const toggle = (panel: 'data' | 'look' | 'hidden' | 'history' | 'files') =>
    desk.open(desk.panel === panel ? null : panel);

  const filterButton = (
    <Indicator
      label={active}
      size={15}
      disabled={active === 0}
      offset={5}
      classNames={{ indicator: tools.count }}
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
  const commentsButton = (
    <CommentsButton
      size={size}
      pressed={desk.panel === 'comments'}
      onClick={() => (desk.panel === 'comments' ? leaveTalk() : desk.open('comments'))}
    />
  );
  const filesButton = (
    <FilesButton size={size} pressed={desk.panel === 'files'} onClick={() => toggle('files')} />
  );
  const historyButton = (
    <IconButton
      label="History"
      size={size}
      aria-pressed={desk.panel === 'history'}
      onClick={() => toggle('history')}
    >
      <IconHistory size={18} stroke={1.7} />
    </IconButton>
  );
  if (!mayEdit) {
    return (
      <div className={tools.tools}>
        {filterButton}
        {commentsButton}
        {historyButton}
        {filesButton}
      </div>
    );
  }
  return (
    <div className={tools.tools}>
      {!compact && <span className={tools.rule} />}
      <UndoButtons size={size} />
      {!compact && <span className={tools.rule} />}
      {filterButton}
      {commentsButton}
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
            <Menu.Item
              leftSection={<IconHistory size={17} stroke={1.7} />}
              onClick={() => desk.open('history')}
            >
              History
            </Menu.Item>
            <Menu.Item
              leftSection={<IconPaperclip size={17} stroke={1.7} />}
              onClick={() => desk.open('files')}
            >
              Files
            </Menu.Item>
            <Menu.Item leftSection={<IconDeviceFloppy size={17} stroke={1.7} />} onClick={save}>
              Save now
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <>
          {historyButton}
          {filesButton}
          <IconButton label="Data" aria-pressed={desk.panel === 'data'} onClick={() => toggle('data')}>
            <IconDatabase size={18} stroke={1.7} />
          </IconButton>
          <IconButton label="Appearance" aria-pressed={desk.panel === 'look'} onClick={() => toggle('look')}>
            <IconPalette size={18} stroke={1.7} />
          </IconButton>
          {hidden > 0 && (
            <Indicator label={hidden} size={15} offset={5} classNames={{ indicator: tools.count }}>
              <IconButton
                label={`Hidden charts, ${hidden}`}
                aria-pressed={desk.panel === 'hidden'}
                onClick={() => toggle('hidden')}
              >
                <IconEyeOff size={18} stroke={1.7} />
              </IconButton>
            </Indicator>
          )}
          <SaveButton />
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
