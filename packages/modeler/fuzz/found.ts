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
];
