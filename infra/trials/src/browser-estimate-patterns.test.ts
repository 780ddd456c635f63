/** Past projects in a real browser: how one gets there, what they say, and the projects behind every number. */
import type { EstimateInput } from '@tidemark/documents/estimate';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, pictures, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let ana: Person;
let vera: Person;
beforeAll(async () => {
  house = await openHouse();
  ana = await signUp(house.server().origin, 'Ana Diaz');
  vera = await signUpInvited(house.server().origin, ana, 'Vera Lind', 'viewer');
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const usd = (amount: number) => Math.round(amount * 10_000);
const clients = ['Hartmann Property Group', 'Harbour School', 'City of Malden', 'Orchard Row HOA'];
const jobs = [
  'Warehouse re-roof',
  'Slate repair',
  'Gymnasium roof',
  'Row houses, phase 2',
  'Skylights and flashing',
];

/** A project with its outcomes, decided as people do. What happens in the n-th of them is always the same. */
async function project(n: number, to: 'won' | 'lost' = 'won'): Promise<string> {
  const { origin } = house.server();
  const cost = 9_000 + ((n * 37) % 11) * 2_300;
  const struck = (often: number) => (n * 7) % 10 < often;
  const risk = (title: string, category: string, often: number, low: number, high: number) => ({
    ...{ title, category, probBp: 3_000, low: usd(low), high: usd(high) },
    outcome: struck(often) ? 'struck' : 'avoided',
    actualImpact: struck(often) ? usd(low + ((n * 13) % 7) * (high / 5)) : null,
  });
  const input: EstimateInput = {
    meta: { client: clients[n % clients.length] ?? '', number: `2026-${String(n + 1).padStart(3, '0')}` },
    sections: [{ name: 'All of it', lines: [{ name: 'Work', qty: 1_000_000, unitCost: usd(cost) }] }],
    risks: [
      risk('Rotten decking', 'Structure', 6, 500, 2_500),
      risk('Rain stops the crew', 'Weather', 3, 300, 1_200),
      risk('Crane cannot get in', 'Access', 1, 400, 900),
    ],
    actuals: to === 'won' ? [{ date: '2026-03-04', amount: usd(cost * (0.92 + ((n * 3) % 7) * 0.05)) }] : [],
    lessons:
      to === 'won'
        ? [
            { kind: 'issue', text: `Decking was soft along the eaves, ${12 + n} sheets were replaced` },
            { kind: 'lesson', text: 'Open two test squares before the bid, one at the eaves' },
          ]
        : [],
    review: { plannedDays: 6 + (n % 4), actualDays: 5 + (n % 6) },
  };
  const id = await createEstimate(origin, ana, `${jobs[n % jobs.length]} ${n + 1}`, input);
  for (const status of ['submitted', to])
    await answer(ana.call(origin, 'POST', `/api/documents/${id}/status`, { to: status }), 200);
  return id;
}

const leave = async ({ context, complaints }: Visitor) => {
  await context.close();
  expect(complaints).toEqual([]);
};

test('PAST-1, PAST-3, PAST-4: nothing, then three projects: rates, costs, lessons by words, and the way to each project', async () => {
  const visitor = await house.enter({ person: vera, calm: true });
  const { page } = visitor;
  await page.goto('/');
  await page.getByRole('link', { name: 'Past projects' }).click();
  await page.getByRole('heading', { name: 'No past projects yet' }).waitFor();
  expect(await faultsOf(page), 'empty').toEqual([]);
  await pictures(page, 'past-0');

  const ids = [await project(0), await project(1), await project(2)];
  await project(3, 'lost');
  await page.reload();
  await page.getByText('3 projects won, 1 lost').waitFor();
  const structure = page.getByRole('row', { name: /^Structure/ });
  await eventually(() => structure.innerText()).toMatch(/3\s+2 of 3\s+67%\s+21%–94%\s+30%\s+60%/);
  await page
    .getByRole('img', { name: /Structure struck 2 of 3 times, 67% where 30% was estimated/ })
    .waitFor();
  await structure.getByRole('button').click();
  const behind = page.getByRole('list', { name: 'Projects with Structure' });
  await eventually(() => behind.getByRole('listitem').count()).toBe(3);
  expect(await faultsOf(page), 'risks').toEqual([]);
  await pictures(page, 'past-3-risks');
  await eventually(() => behind.getByRole('link').first().getAttribute('href')).toBe(`/d/${ids[2]}`);

  await page.getByText('Projects', { exact: true }).first().click();
  const projects = page.getByRole('table', { name: 'Projects' });
  await eventually(() => projects.getByRole('row').count()).toBe(5);
  await eventually(() => projects.getByRole('row', { name: /Warehouse re-roof 1/ }).innerText()).toMatch(
    /\$8,280\.00\s+−\$/,
  );
  expect(await faultsOf(page), 'projects').toEqual([]);
  await pictures(page, 'past-3-projects');

  await page.getByText('Lessons', { exact: true }).first().click();
  const lessons = page.getByRole('list', { name: 'Issues and lessons' }).getByRole('listitem');
  await eventually(() => lessons.count()).toBe(6);
  await page.getByRole('searchbox', { name: 'Search past projects' }).fill('sheets 13');
  await eventually(() => lessons.count()).toBe(1);
  await eventually(() => lessons.locator('mark').allInnerTexts()).toEqual(['13', 'sheets']);
  expect(page.url()).toMatch(/tab=lessons&q=sheets\+13|q=sheets\+13&tab=lessons/);
  expect(await faultsOf(page), 'lessons').toEqual([]);
  await pictures(page, 'past-3-lessons');
  await page.getByRole('searchbox', { name: 'Search past projects' }).fill('no such thing');
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await eventually(() => lessons.count()).toBe(6);
  await lessons.first().getByRole('link').click();
  await page.getByRole('tablist', { name: 'Views' }).waitFor();
  expect(page.url()).toContain(`/d/${ids[2]}`);
  await leave(visitor);
});

test('PAST-6: beside a risk stands what the past suggests, with its projects; it is taken over, and taken back', async () => {
  const id = await createEstimate(house.server().origin, ana, 'Next one', roof);
  const visitor = await house.enter({ person: ana, calm: true });
  const { page } = visitor;
  await openEstimate(page, id);
  await page.keyboard.press('Alt+2');
  const probability = page.getByRole('textbox', { name: 'Probability of Rotten decking', exact: true });
  await eventually(() => probability.inputValue()).toBe('40%');
  const suggestion = page.getByRole('button', { name: /^Past projects suggest 60%: struck 2 of 3 times/ });
  await suggestion.click();
  const behind = page.getByRole('dialog', { name: 'Past projects suggest 60%' });
  await behind.getByText('Suggested: (2 + 1) / (3 + 2) = 60%.').waitFor();
  await eventually(() => behind.getByRole('listitem').count()).toBe(3);
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'past-suggestion');
  await behind.getByRole('button', { name: 'Use 60%' }).click();
  await eventually(() => probability.inputValue()).toBe('60%');
  await eventually(() => suggestion.evaluate((each) => each === document.activeElement)).toBe(true);
  expect(await faultsOf(page), 'register').toEqual([]);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await eventually(() => probability.inputValue()).toBe('40%');
  await leave(visitor);
});
