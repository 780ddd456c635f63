import * as z from 'zod';

const Money = z.int().describe("Ten-thousandths of the currency's unit: 12.3456 is 123456.");
const Rate = z.int().describe('Basis points: 1000 is 10 %.');

/** Where a number comes from. */
const Source = {
  documentId: z.string(),
  title: z.string(),
  decidedAt: z.iso.datetime().describe('When it was won or lost.'),
};

export const PastPage = {
  cursor: z.string().max(2_000).optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(25),
};

export const CategoryPattern = z
  .object({
    category: z.string().describe('As it is most often written.'),
    projects: z.int().describe('In how many it was expected.'),
    struck: z.int(),
    avoided: z.int(),
    decided: z.int().describe('Struck and avoided: the others count for nothing yet.'),
    open: z.int(),
    rateBp: Rate.nullable().describe('struck / decided.'),
    interval: z
      .object({ low: Rate, high: Rate })
      .describe('Where the true rate lies, 19 times of 20 (Wilson).'),
    calibration: z
      .object({
        estimatedBp: Rate.describe('The mean of what was estimated.'),
        brier: z.number().describe('The mean of (estimated − came true)²; 0.25 is a coin.'),
      })
      .nullable(),
    suggestion: z
      .object({ probBp: Rate, struck: z.int(), decided: z.int() })
      .nullable()
      .describe('(struck + 1) / (decided + 2), from three decided risks on.'),
    impact: z
      .object({
        risks: z.int().describe('That struck, with an impact written down, in this currency.'),
        estimatedMean: Money.describe('The mean of (low + high) / 2.'),
        mean: Money,
        median: Money,
        lowest: Money,
        highest: Money,
        within: z.int().describe('How many came between their low and their high.'),
        ratioBp: Rate.nullable().describe('Actual by estimated.'),
      })
      .nullable(),
  })
  .meta({ id: 'RiskPattern' });

const Cost = z.object({
  ...Source,
  cost: Money,
  actual: Money,
  variance: Money,
  varianceBp: Rate.nullable(),
});

export const Patterns = z
  .object({
    currency: z.string().nullable().describe('Of the money below: as asked for, else that of most projects.'),
    currencies: z.array(z.object({ currency: z.string(), projects: z.int() })),
    won: z.int(),
    lost: z.int(),
    read: z.int().describe('How many that were won are in what follows: the newest, 1,000 at most.'),
    categories: z.array(CategoryPattern).describe('Of projects that were won; 200 at most.'),
    costs: z.array(Cost).describe('Of projects that were won and have actual costs; the newest 200.'),
    total: z
      .object({
        projects: z.int(),
        cost: Money,
        actual: Money,
        variance: Money,
        varianceBp: Rate.nullable(),
      })
      .nullable()
      .describe('Of all of these that were read; null: none, or beyond what is exact.'),
  })
  .meta({ id: 'EstimatePatterns' });
export type Patterns = z.infer<typeof Patterns>;

export const PastProject = z
  .object({
    ...Source,
    status: z.enum(['won', 'lost']),
    client: z.string(),
    number: z.string(),
    currency: z.string(),
    bid: Money.nullable().describe('Null: it cannot be reckoned.'),
    cost: Money.nullable(),
    actual: Money.nullable().describe('Null: nothing was booked.'),
    variance: Money.nullable().describe('actual − cost: above zero it cost more.'),
    varianceBp: Rate.nullable(),
    plannedDays: z.number().nullable(),
    actualDays: z.number().nullable(),
    risks: z.int(),
    struck: z.int(),
    lessons: z.int(),
  })
  .meta({ id: 'PastProject' });
export type PastProject = z.infer<typeof PastProject>;

export const PastRiskCase = z
  .object({
    ...Source,
    id: z.string(),
    name: z.string().describe('The title of the risk.'),
    category: z.string(),
    currency: z.string(),
    probBp: Rate.describe('As it counted in the bid: mitigated where that was applied.'),
    low: Money,
    high: Money,
    applied: z.boolean(),
    outcome: z.enum(['open', 'struck', 'avoided']),
    actualImpact: Money.nullable(),
  })
  .meta({ id: 'PastRisk' });
export type PastRiskCase = z.infer<typeof PastRiskCase>;

export const PastLesson = z
  .object({
    ...Source,
    status: z.enum(['won', 'lost']),
    client: z.string(),
    id: z.string(),
    kind: z.enum(['issue', 'lesson']),
    text: z.string(),
    risk: z.object({ title: z.string(), category: z.string() }).nullable().describe('What it is about.'),
  })
  .meta({ id: 'PastLesson' });
export type PastLesson = z.infer<typeof PastLesson>;
