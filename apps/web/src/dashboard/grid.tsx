import 'react-grid-layout/css/styles.css';
import {
  type Breakpoint,
  type ChartView,
  columnsAt,
  type DashboardView,
  landing,
  layoutOf,
  moveChart,
  type Tile as Place,
  resizeChart,
} from '@tidemark/documents/dashboard';
import { type PointerEvent, useMemo, useRef, useState } from 'react';
import ReactGridLayout, { type Compactor, type EventCallback, type Layout } from 'react-grid-layout';
import { useEditor } from '../editor/context.ts';
import { mayEditNow, useMayEdit } from '../editor/rights.ts';
import { GhostTiles, heightOf as ghostHeight, StackedGhosts, useTileGhosts } from './compare/ghost-tiles.tsx';
import { useDashboard, useView } from './context.ts';
import { Cursors } from './cursors.tsx';
import type { Geometry } from './geometry.ts';
import css from './grid.module.css';
import { Tile } from './tile.tsx';
import { usePresenceWriter } from './use-presence.ts';

interface Props {
  /** Pixels to lay out in. */
  width: number;
}

const smallest = { minW: 2, minH: 2, maxH: 100 };

/** A single figure on a phone needs less than its rows would give it, pixels. */
const figureHeight = 136;

/** Container widths at which the grid has fewer columns, pixels. */
function breakpointAt(width: number): Breakpoint {
  if (width < 560) return 'sm';
  return width < 820 ? 'md' : 'lg';
}

/** All charts that are shown, where the view says they stand. */
export function Grid({ width }: Props) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const writer = usePresenceWriter();
  const at = breakpointAt(width);
  const columns = columnsAt[at];
  const tiles = useView(at === 'lg' ? wide : at === 'md' ? middle : small);
  const charts = useView((view) => view.charts);
  const density = useView((view) => view.meta.density);
  const unit = useView((view) => view.settings.rowHeight);
  const gap = density === 'compact' ? 8 : 14;
  const rowHeight = density === 'compact' ? Math.max(20, unit - 10) : unit;
  const geometry: Geometry = { width, columns, rowHeight, gap };
  const ghosts = useTileGhosts(at);

  const held = useRef<string | null>(null);
  // The grid remembers where a tile was let go; what was not written is put back by beginning it again.
  const [beginning, setBeginning] = useState(0);
  const putBack = () => setBeginning((count) => count + 1);
  const { reader, provider } = useDashboard();
  const compactor = useMemo(() => previewOf(tiles, held, () => reader.view(), at), [tiles, reader, at]);
  const layout = useMemo(
    (): Layout => tiles.map(({ id, ...place }) => ({ i: id, ...place, ...smallest })),
    [tiles],
  );

  const point = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType === 'touch') return;
    const box = event.currentTarget.getBoundingClientRect();
    writer?.set({ cursor: { x: ((event.clientX - box.left) / box.width) * 12, y: event.clientY - box.top } });
  };
  const hold: EventCallback = (_layout, _old, item) => {
    if (!item) return;
    held.current = item.i;
    writer?.set({ drag: { chart: item.i, x: item.x, y: item.y, w: item.w, h: item.h } });
  };
  // Only the tile under the hand is written, and once, when it is let go; the right may be gone by then.
  const dropped: EventCallback = (_layout, old, item) => {
    held.current = null;
    writer?.set({ drag: null });
    if (!mayEditNow(provider)) return putBack();
    if (item && at !== 'sm' && (old?.x !== item.x || old?.y !== item.y)) {
      moveChart(
        editor,
        item.i,
        landing({ id: item.i, x: item.x, y: item.y, w: item.w, h: item.h }, tiles),
        at,
      );
    }
  };
  const resized: EventCallback = (_layout, old, item) => {
    held.current = null;
    writer?.set({ drag: null });
    if (!mayEditNow(provider)) return putBack();
    if (item && at !== 'sm' && (old?.w !== item.w || old?.h !== item.h)) {
      resizeChart(editor, item.i, { w: item.w, h: item.h }, at);
    }
  };

  const ordered = tiles.flatMap((tile) => charts.find(({ id }) => id === tile.id) ?? []);
  if (at === 'sm') {
    return (
      <div className={css.stack} style={{ gap }}>
        {ordered.map((chart, index) => (
          <div
            key={chart.id}
            data-half={standsInPair(ordered, index) || undefined}
            style={{ height: chart.type === 'number' ? figureHeight : heightOf(tiles, chart.id, geometry) }}
          >
            <Tile chart={chart} columns={columns} />
          </div>
        ))}
        <StackedGhosts ghosts={ghosts} />
      </div>
    );
  }
  return (
    <div
      className={css.grid}
      style={ghosts.length > 0 ? { minHeight: ghostHeight(ghosts, geometry) } : undefined}
      onPointerMove={point}
      onPointerLeave={() => writer?.set({ cursor: null })}
    >
      <ReactGridLayout
        key={beginning}
        width={width}
        layout={layout}
        gridConfig={{ cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] }}
        dragConfig={{ enabled: mayEdit, handle: '.tile-handle', cancel: '[data-no-drag]', bounded: false }}
        resizeConfig={{ enabled: mayEdit, handles: ['se'] }}
        compactor={compactor}
        onDragStart={hold}
        onDrag={hold}
        onDragStop={dropped}
        onResizeStart={hold}
        onResize={hold}
        onResizeStop={resized}
      >
        {ordered.map((chart) => (
          <div key={chart.id}>
            <Tile chart={chart} columns={columns} />
          </div>
        ))}
      </ReactGridLayout>
      {ghosts.length > 0 && <GhostTiles ghosts={ghosts} geometry={geometry} />}
      <Cursors geometry={geometry} />
    </div>
  );
}

/** Figures in a row share the width of a phone, two and two; an odd one at the end has a line to itself. */
function standsInPair(charts: readonly ChartView[], index: number): boolean {
  const figure = (at: number) => charts[at]?.type === 'number';
  if (!figure(index)) return false;
  let before = 0;
  while (figure(index - before - 1)) before += 1;
  return before % 2 === 1 || figure(index + 1);
}

const wide = (view: Parameters<typeof layoutOf>[0]) => layoutOf(view);
const middle = (view: Parameters<typeof layoutOf>[0]) => layoutOf(view, { breakpoint: 'md' });
const small = (view: Parameters<typeof layoutOf>[0]) => layoutOf(view, { breakpoint: 'sm' });

function heightOf(tiles: readonly Place[], id: string, { rowHeight, gap }: Geometry): number {
  const rows = tiles.find((tile) => tile.id === id)?.h ?? 6;
  return rows * rowHeight + (rows - 1) * gap;
}

/**
 * Shows during a drag just what the document will show after it: the tile in the hand where it would come down, and
 * the others where that leaves them. What the grid itself would move is ignored.
 */
function previewOf(
  tiles: readonly Place[],
  held: { readonly current: string | null },
  view: () => DashboardView,
  breakpoint: Breakpoint,
): Compactor {
  return {
    type: null,
    allowOverlap: false,
    compact(layout) {
      const item = layout.find(({ i }) => i === held.current);
      const hand = item && { id: item.i, x: item.x, y: item.y, w: item.w, h: item.h };
      const settled = hand
        ? layoutOf(view(), { breakpoint, hand: { ...hand, ...landing(hand, tiles) } })
        : tiles;
      const places = new Map(settled.map((tile) => [tile.id, tile]));
      return layout.map((each) => {
        const tile = places.get(each.i);
        return tile ? { ...each, x: tile.x, y: tile.y, w: tile.w, h: tile.h } : each;
      });
    },
  };
}
