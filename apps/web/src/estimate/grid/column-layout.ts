import { type ColumnName, columnNames, columnOf, isColumnName } from './columns.ts';

/** Which columns one person has hidden on this device, and how wide they made the others, pixels. */
export interface ColumnLayout {
  readonly hidden: readonly ColumnName[];
  readonly widths: Readonly<Partial<Record<ColumnName, number>>>;
}

export const plainLayout: ColumnLayout = { hidden: [], widths: {} };

/** Pixels beyond which no column grows by hand. */
const widest = 800;

export function visibleColumns({ hidden }: ColumnLayout): readonly ColumnName[] {
  return columnNames.filter((name) => columnOf(name).always === true || !hidden.includes(name));
}

export function widthOf({ widths }: ColumnLayout, name: ColumnName): number {
  return widths[name] ?? columnOf(name).width;
}

export function withWidth(layout: ColumnLayout, name: ColumnName, width: number): ColumnLayout {
  const clamped = Math.round(Math.min(Math.max(width, columnOf(name).minWidth), widest));
  return { ...layout, widths: { ...layout.widths, [name]: clamped } };
}

export function withHidden(layout: ColumnLayout, name: ColumnName, hide: boolean): ColumnLayout {
  const others = layout.hidden.filter((each) => each !== name);
  return { ...layout, hidden: hide ? [...others, name] : others };
}

/** Tracks of a row, for `grid-template-columns`: first the handle. A column that grows keeps its width as its least. */
export function tracksOf(layout: ColumnLayout, handle: number): string {
  const tracks = visibleColumns(layout).map((name) => {
    const width = widthOf(layout, name);
    return columnOf(name).grows ? `minmax(${width}px, 1fr)` : `${width}px`;
  });
  return [`${handle}px`, ...tracks].join(' ');
}

/** Pixels of a row whose growing columns have their least width. */
export function totalWidth(layout: ColumnLayout, handle: number): number {
  return visibleColumns(layout).reduce((sum, name) => sum + widthOf(layout, name), handle);
}

/** Whether numbers may be wider than their columns, which are never narrower by themselves. */
export function isNarrowed({ widths }: ColumnLayout): boolean {
  return columnNames.some((name) => (widths[name] ?? columnOf(name).width) < columnOf(name).width);
}

/** Total: what a device kept may be from another version, or broken. */
export function readLayout(kept: string | null): ColumnLayout {
  let raw: unknown = null;
  try {
    raw = kept === null ? null : JSON.parse(kept);
  } catch {
    return plainLayout;
  }
  if (typeof raw !== 'object' || raw === null) return plainLayout;
  const { hidden, widths } = raw as { hidden?: unknown; widths?: unknown };
  let layout: ColumnLayout = {
    ...plainLayout,
    hidden: Array.isArray(hidden) ? hidden.filter(isColumnName) : [],
  };
  for (const [name, width] of Object.entries(typeof widths === 'object' && widths !== null ? widths : {})) {
    if (isColumnName(name) && Number.isFinite(width)) layout = withWidth(layout, name, Number(width));
  }
  return layout;
}
