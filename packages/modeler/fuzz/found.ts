import type { Plan } from './plan.ts';

/** Plans that once broke a rule, made as short as they can be, under the name of what was wrong. */
export const found: readonly { readonly what: string; readonly plan: Plan }[] = [
  {
    what: 'a data store stayed beside its pool when somebody moved the edge of the pool over it',
    plan: {
      seed: 113,
      file: 'C.5.0',
      modelers: 2,
      steps: [
        { do: 'edit', at: 1, operation: 'lanes', salt: 277111626 },
        { do: 'settle', salt: 1154588185 },
      ],
    },
  },
  {
    what: 'a shape that a collapsing subprocess took along stayed in the list of the plane it came from',
    plan: {
      seed: 1003,
      file: 'two-diagrams',
      modelers: 2,
      steps: [
        { do: 'edit', at: 0, operation: 'create', salt: 2005631106 },
        { do: 'edit', at: 0, operation: 'toggle', salt: 819617590 },
        { do: 'settle', salt: 993147959 },
      ],
    },
  },
  {
    what: 'the plane of a subprocess made on another plane was not written',
    plan: {
      seed: 224,
      file: 'C.1.0',
      modelers: 2,
      steps: [
        { do: 'edit', at: 1, operation: 'append', salt: 1915646910 },
        { do: 'there and back', at: 0, edits: ['drill', 'create'], salt: 138946386 },
      ],
    },
  },
  {
    what: 'a canvas that was closed in the middle of a drag went on scrolling',
    plan: {
      seed: 1010,
      file: 'A.2.0',
      modelers: 2,
      steps: [
        { do: 'edit', at: 0, operation: 'delete by pad', salt: 1906972561 },
        { do: 'edit', at: 0, operation: 'morph', salt: 467945658 },
        { do: 'drag', at: 0, salt: 865196996 },
        { do: 'reopen', at: 0, salt: 1769986843 },
        { do: 'deliver', at: 0, salt: 341901980 },
      ],
    },
  },
  {
    what: 'flows stayed on the page of a subprocess whose shapes somebody else took to a page of their own',
    plan: {
      seed: 120,
      file: 'B.1.0',
      modelers: 2,
      steps: [
        { do: 'edit', at: 0, operation: 'drop on flow', salt: 876642588 },
        { do: 'deliver', at: 1, salt: 1859545185 },
        { do: 'undo', at: 0, salt: 448707041 },
        { do: 'edit', at: 1, operation: 'toggle', salt: 375046023 },
        { do: 'settle', salt: 1444287671 },
      ],
    },
  },
  {
    what: 'a data store beside a collapsed subprocess was shown, and stayed hidden when that was expanded',
    plan: {
      seed: 209,
      file: 'C.5.0',
      modelers: 2,
      steps: [
        { do: 'edit', at: 0, operation: 'append', salt: 669659346 },
        { do: 'settle', salt: 2029142480 },
        { do: 'edit', at: 1, operation: 'copy and paste', salt: 323337096 },
        { do: 'there and back', at: 0, edits: ['toggle', 'rename', 'lanes'], salt: 697190041 },
      ],
    },
  },
  {
    what: 'a bend given up put back the way from before an undo in between',
    plan: {
      seed: 2100,
      file: 'C.5.0',
      modelers: 2,
      steps: [
        { do: 'edit', at: 1, operation: 'lanes', salt: 658442713 },
        { do: 'drag', at: 1, salt: 592250829 },
        { do: 'undo', at: 1, salt: 1519081889 },
        { do: 'settle', salt: 1893560588 },
      ],
    },
  },
  {
    what: 'a lane kept the object that a morph had replaced',
    plan: {
      seed: 1091,
      file: 'C.8.1',
      modelers: 2,
      steps: [
        { do: 'edit', at: 1, operation: 'split lane', salt: 1443399767 },
        { do: 'edit', at: 1, operation: 'copy and paste', salt: 115475364 },
        { do: 'edit', at: 1, operation: 'morph', salt: 1881271783 },
        { do: 'settle', salt: 1745166852 },
      ],
    },
  },
  {
    what: 'an activity moved out of a subprocess that somebody collapsed stayed on its page, with an event on it',
    plan: {
      seed: 168,
      file: 'pools',
      modelers: 5,
      steps: [
        { do: 'edit', at: 3, operation: 'toggle', salt: 598651636 },
        { do: 'edit', at: 2, operation: 'move into', salt: 1259613665 },
        { do: 'edit', at: 3, operation: 'drill', salt: 824438989 },
        { do: 'edit', at: 3, operation: 'attach boundary', salt: 1085648119 },
        { do: 'settle', salt: 216595831 },
      ],
    },
  },
  {
    what: 'what was in a lane that somebody took away went on referring to it',
    plan: {
      seed: 820020,
      file: 'pools',
      modelers: 2,
      steps: [
        { do: 'edit', at: 1, operation: 'copy and paste', salt: 2055184185 },
        { do: 'edit', at: 1, operation: 'lanes', salt: 872521186 },
        { do: 'settle', salt: 604633054 },
      ],
    },
  },
];
