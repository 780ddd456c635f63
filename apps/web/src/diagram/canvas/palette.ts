/** Height of an entry and of a gap between groups, pixels; the look draws them so. */
const entryHeight = 36;
const groupGap = 9;
/** Above and below the palette: the zoom controls stand below it. */
const around = 16 + 72;

interface Entry {
  readonly group?: string;
  readonly separator?: boolean;
  readonly title?: string;
}

type Entries = Readonly<Record<string, Entry>>;

interface Palette {
  registerProvider(priority: number, provider: unknown): void;
  _needsCollapse(height: number, entries: Entries): boolean;
}

/** The entries in their groups: the tools first, then what is drawn most. */
const groups: readonly Readonly<Record<string, string>>[] = [
  {
    'hand-tool': 'Move the paper',
    'lasso-tool': 'Select with a frame',
    'space-tool': 'Make or take room',
    'global-connect-tool': 'Connect',
  },
  {
    'create.start-event': 'Start event',
    'create.intermediate-event': 'Intermediate or boundary event',
    'create.end-event': 'End event',
  },
  {
    'create.task': 'Task',
    'create.subprocess-expanded': 'Subprocess',
    'create.exclusive-gateway': 'Gateway',
  },
  { 'create.data-object': 'Data object', 'create.data-store': 'Data store' },
  { 'create.participant-expanded': 'Pool', 'create.group': 'Group' },
];

/** Comes after bpmn-js's own provider: names and orders what that offers, and knows how tall it is drawn. */
class PaletteOrder {
  static $inject = ['palette'];

  constructor(palette: Palette) {
    palette.registerProvider(500, this);
    palette._needsCollapse = (height, entries) => height < heightOf(entries) + around;
  }

  getPaletteEntries() {
    return (entries: Entries): Entries => arrange(entries);
  }
}

export function arrange(entries: Entries): Entries {
  const known = groups.flatMap((group, index) =>
    Object.entries(group).flatMap(([id, title]): (readonly [string, Entry])[] => {
      const entry = entries[id];
      // bpmn-js finds its tools by the name of their group.
      return entry ? [[id, { ...entry, title, group: index === 0 ? 'tools' : `group-${index}` }]] : [];
    }),
  );
  const more = Object.entries(entries).filter(
    ([id, { separator }]) => !separator && !known.some(([name]) => name === id),
  );
  return Object.fromEntries([...known, ...more]);
}

function heightOf(entries: Entries): number {
  const groups = new Set(Object.values(entries).map(({ group }) => group));
  return Object.keys(entries).length * entryHeight + groups.size * groupGap;
}

export const paletteModule = {
  __init__: ['tidemarkPalette'],
  tidemarkPalette: ['type', PaletteOrder],
};
