import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconCopyPlus,
  IconDotsVertical,
  IconEyeOff,
  IconGripVertical,
  IconMessagePlus,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { type ChartView, hideChart } from '@tidemark/documents/dashboard';
import { IconButton } from '@tidemark/ui';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { CommentBadge } from '../conversation/comment-badge.tsx';
import { useTalk, useThreadCounts } from '../conversation/context.ts';
import { useEditor } from '../editor/context.ts';
import { useMayEdit } from '../editor/rights.ts';
import { useCopyFromPast } from '../history/use-copy-from-past.ts';
import { colourOf } from '../shell/colour.ts';
import { ChartBody } from './chart-body.tsx';
import { chartName, typeLabels } from './chart-words.ts';
import { MarkBadge, useTileMark } from './compare/tile-mark.tsx';
import { useDesk, useView } from './context.ts';
import { useScheme } from './scheme.ts';
import css from './tile.module.css';
import { useChartActions } from './use-chart-actions.ts';
import { useChartData } from './use-chart-data.ts';
import { useNear } from './use-near.ts';
import { useSelectedBy } from './use-presence.ts';

interface Props {
  chart: ChartView;
  /** Grid columns here; 1 is a phone, where nothing is dragged. */
  columns: number;
}

/** One chart in its frame. Focusable; the keys are in the shortcut sheet. */
export const Tile = memo(function Tile({ chart, columns }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const desk = useDesk();
  const actions = useChartActions();
  const dataset = useView((view) => view.datasets.find(({ id }) => id === chart.datasetId) ?? null);
  const palette = useView((view) => view.meta.palette);
  const scheme = useScheme();
  const near = useNear(root);
  const state = useChartData(chart, dataset, near);
  const others = useSelectedBy(chart.id);
  const marked = useTileMark(chart.id);
  const copy = useCopyFromPast();
  const selected = desk.selected === chart.id;
  const name = chartName(chart);
  const { discuss, look, open: mayTalk } = useTalk();
  const threads = useThreadCounts().get(chart.id);
  const anchor = { kind: 'chart', id: chart.id, label: name };
  const comment = () => {
    if (mayTalk) discuss(anchor);
  };

  // A chart that was just added may stand far below.
  useEffect(() => {
    const box = root.current?.getBoundingClientRect();
    if (selected && box && (box.top > window.innerHeight - 80 || box.bottom < 80)) {
      root.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [selected]);

  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Escape') return desk.select(null);
    const mod = event.ctrlKey || event.metaKey;
    if (event.key.toLowerCase() === 'c' && !mod && !event.altKey) comment();
    else if (!mayEdit) return;
    else if (event.key === 'Enter') desk.edit(chart.id);
    else if (event.key === 'Delete' || event.key === 'Backspace') actions.remove(chart);
    else if (mod && event.key.toLowerCase() === 'd') actions.duplicate(chart);
    else if (event.altKey && event.key.startsWith('Arrow')) actions.nudge(chart, event.key, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const label = [
    `${name}, ${typeLabels[chart.type].toLowerCase()} chart`,
    others.length > 0 ? `selected by ${others.map((user) => user.name).join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('; ');

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a chart and its buttons; fieldset is for forms
    <div
      ref={root}
      role="group"
      aria-label={label}
      aria-keyshortcuts={
        mayEdit
          ? 'Enter Delete Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown C'
          : mayTalk
            ? 'C'
            : undefined
      }
      data-chart={chart.id}
      data-selected={selected || undefined}
      data-mark={marked?.type}
      data-chosen={marked?.isChosen || undefined}
      className={css.tile}
      style={others[0] && !selected ? { outline: `2px solid ${colourOf(others[0].id)}` } : undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: tiles are reached and moved by keyboard
      tabIndex={0}
      onFocus={(event) => {
        if (event.target === event.currentTarget) desk.select(chart.id);
      }}
      onPointerDown={() => desk.select(chart.id)}
      onKeyDown={keys}
    >
      {marked && <MarkBadge {...marked} />}
      {others.length > 0 && (
        <div className={css.tags} aria-hidden="true">
          {others.map((user) => (
            <span key={user.id} className={css.tag} style={{ background: colourOf(user.id) }}>
              {user.name}
            </span>
          ))}
        </div>
      )}
      <div className={mayEdit && columns > 1 ? `${css.head} tile-handle` : css.head}>
        {mayEdit && columns > 1 && (
          <span className={css.grip} aria-hidden="true">
            <IconGripVertical size={14} stroke={1.8} />
          </span>
        )}
        <div className={css.words}>
          <h2 className={css.title} title={name} data-untitled={chart.title === '' || undefined}>
            {name}
          </h2>
          {chart.subtitle && <p className={css.subtitle}>{chart.subtitle}</p>}
        </div>
        {threads && (
          <span className={css.badge} data-no-drag>
            <CommentBadge count={threads} name={name} onOpen={() => look(anchor)} />
          </span>
        )}
        {(mayEdit || mayTalk || copy) && (
          <span className={css.menu} data-no-drag>
            <Menu position="bottom-end" width={180}>
              <Menu.Target>
                <IconButton label={`Actions for ${name}`} hint="Actions" size={columns === 1 ? 44 : 26}>
                  <IconDotsVertical size={16} stroke={1.8} />
                </IconButton>
              </Menu.Target>
              <Menu.Dropdown>
                {mayEdit && (
                  <Menu.Item
                    leftSection={<IconPencil size={16} stroke={1.7} />}
                    onClick={() => desk.edit(chart.id)}
                  >
                    Edit
                  </Menu.Item>
                )}
                {mayTalk && (
                  <Menu.Item leftSection={<IconMessagePlus size={16} stroke={1.7} />} onClick={comment}>
                    Comment
                  </Menu.Item>
                )}
                {copy && (
                  <Menu.Item
                    leftSection={<IconCopyPlus size={16} stroke={1.7} />}
                    onClick={() => copy([{ collection: 'charts', id: chart.id }], name)}
                  >
                    Copy into now
                  </Menu.Item>
                )}
                {mayEdit && (
                  <>
                    <Menu.Item
                      leftSection={<IconCopy size={16} stroke={1.7} />}
                      onClick={() => actions.duplicate(chart)}
                    >
                      Duplicate
                    </Menu.Item>
                    <Menu.Item
                      leftSection={<IconEyeOff size={16} stroke={1.7} />}
                      onClick={() => hideChart(editor, chart.id)}
                    >
                      Hide
                    </Menu.Item>
                    <Menu.Divider />
                    <Menu.Item
                      data-danger
                      leftSection={<IconTrash size={16} stroke={1.7} />}
                      onClick={() => actions.remove(chart)}
                    >
                      Remove
                    </Menu.Item>
                  </>
                )}
              </Menu.Dropdown>
            </Menu>
          </span>
        )}
      </div>
      <div className={css.body}>
        {near && (
          <ChartBody
            chart={chart}
            dataset={dataset}
            state={state}
            scheme={scheme}
            palette={palette}
            onMend={mayEdit ? () => desk.edit(chart.id) : undefined}
          />
        )}
      </div>
    </div>
  );
});
