import { expect, test } from 'vitest';
import { isFailure } from './failure.ts';
import { gap } from './font.ts';
import { limits } from './limits.ts';
import type { Offer } from './offer.ts';
import { margins, papers, side } from './paper.ts';
import { pdfOf } from './pdf.ts';
import { type ReadPdf, readPdf } from './reader.testing.ts';
import { anOffer, aPicture, line, section } from './testing.ts';

async function bytesOf(offer: Offer): Promise<Uint8Array> {
  const made = await pdfOf(offer);
  if (isFailure(made)) throw new Error(`${made.failed}: ${made.detail}`);
  return made;
}

const read = async (offer: Offer): Promise<ReadPdf> => readPdf(await bytesOf(offer));

const long =
  'Tear off, load and haul away, including everything that is found under it, in the order in which the site foreman says so, with protection of what stays';

/** Sections of so many lines, every fifth of which is long. */
function building(sections: number, lines: number): Offer {
  return anOffer({
    sections: Array.from({ length: sections }, (_, s) =>
      section(
        `Phase ${s + 1}`,
        Array.from({ length: lines }, (_, l) =>
          line(l % 5 === 2 ? `${s + 1}.${l} ${long}` : `${s + 1}.${l} work`, l + 1, 'ea', 10.5),
        ),
      ),
    ),
  });
}

test('PROP-5 a proposal says who sends it to whom, what for, and at which price', async () => {
  const { text } = await read(
    anOffer({ tax: { is: 'shown', rateBp: 825, amount: 4_364_8700, total: 572_723_700 } }),
  );
  for (const said of [
    'Ridgeline Roofing & Construction, Inc.',
    '1840 Industrial Parkway',
    'License CO-RC-104482',
    'Number E-2026-0142',
    'Date November 18, 2026',
    'Valid until December 18, 2026',
    'City of Lafayette, Facilities',
    '455 Maple Street',
    'Protect landscaping, walls and windows before tear-off',
    'Remove asphalt shingles, two layers 64 sq $118.50 $7,584.00',
    'Tear-off and disposal, total $11,079.00',
    'Subtotal $52,907.50',
    'Tax (8.25%) $4,364.87',
    'Total $57,272.37',
    'Payment is 30 % on signing',
    'rounded to 0.01',
    'Name in print',
  ]) {
    expect(text).toContain(said);
  }
  expect(text).not.toContain('Draft');
});

test('PROP-4 a draft says so on every page', async () => {
  const { pages } = await read({ ...building(3, 20), draft: true });
  expect(pages.length).toBeGreaterThan(2);
  for (const { lines } of pages) expect(lines.join('\n')).toMatch(/^.*Draft/m);
});

test('PROP-22 that unit prices are rounded is said where one of them is, or cannot be checked', async () => {
  const note = 'Unit prices are rounded; the price of a line counts.';
  const odd = { ...line('Nails', 2_400, 'ea', 0.0345), price: 828_600 };
  const of = async (changed: Partial<Offer>) => (await read(anOffer(changed))).text;
  expect(await of({})).not.toContain(note);
  const said = await of({ sections: [section('Roofing', [odd])] });
  expect(said).toContain('2,400 ea $0.0345 $82.86');
  expect(said).toContain(note);
  expect(await of({ options: [odd] })).toContain(note);
  const alone = { ...line('Shingles', 64, 'sq', 312.4), quantity: null };
  const columns = { quantity: false, unitPrice: true };
  expect(await of({ columns, sections: [section('Roofing', [alone])] })).toContain(note);
});

test('PROP-6 pages are numbered, and from the second on say whose and what they are', async () => {
  const { pages } = await read(building(4, 30));
  expect(pages.length).toBeGreaterThan(3);
  pages.forEach(({ lines }, index) => {
    expect(lines.at(-1)).toMatch(new RegExp(`Page ${index + 1} of ${pages.length}$`));
    if (index > 0) expect(lines[0]).toMatch(/^Ridgeline.*Roof replacement.*Proposal E-2026-0142$/);
  });
});

test('PROP-7 the head of a table comes again on each page that it reaches, with the name of the section', async () => {
  const { pages } = await read(building(2, 70));
  expect(pages.length).toBeGreaterThan(3);
  let section = '';
  for (const { lines } of pages.slice(0, -1)) {
    const first = lines.findIndex((line) => /^\d\.\d+ /.test(line));
    if (first < 0) continue;
    section = `Phase ${lines[first]?.[0]}`;
    expect(lines[first - 1]).toBe(`${section} Quantity Unit price Price`);
  }
  expect(section).toBe('Phase 2');
});

test('PROP-8 no head stands alone at the foot of a page, and no sum alone at the top of one', async () => {
  // Every length of what is before puts another line at the foot.
  for (let more = 12; more < 44; more += 1) {
    const offer = {
      ...building(4, 9),
      scope: Array.from({ length: more }, (_, n) => `Step ${n}`).join('\n'),
    };
    const { pages } = await read(offer);
    for (const [index, { lines }] of pages.entries()) {
      const last = lines.at(-2) ?? '';
      expect(last, `${more} lines of scope`).not.toMatch(
        /^(Price|Terms|Acceptance|Optional items|Scope of work|Option|Phase \d)( |$)(?!.*total)/,
      );
      if (index === 0) continue;
      const top = lines.slice(1, 3).join('\n');
      expect(top, `${more} lines of scope`).not.toMatch(/^Phase \d, total/m);
    }
  }
});

test.each(['letter', 'a4'] as const)(
  'PROP-9 nothing is written outside of the margins of %s, however long it is',
  async (paper) => {
    const word = 'x'.repeat(400);
    const offer = anOffer({
      paper,
      title: `${long} ${word}`,
      number: 'N'.repeat(100),
      heading: 'An offer that takes its time to say what it is',
      preparedBy: word,
      client: { name: word, address: `${long}\n${word}`, email: `${word}@example.com` },
      site: word,
      scope: `- ${word}\n${long}\n${word}`,
      terms: `${word} ${long}`,
      company: { ...anOffer().company, name: word, website: word, licence: word, address: word },
      sections: [
        section(word, [
          line(word, 9_007_199_254.74099, 'm'.repeat(40), 1),
          line('w'.repeat(500), 1, 'ea', 900_719_925_474),
        ]),
      ],
      options: [line(word, 1, word.slice(0, 40), 2)],
    });
    const { pages } = await read(offer);
    const { width, height } = papers[paper];
    for (const page of pages) {
      expect([page.width, page.height]).toEqual([expect.closeTo(width, 1), expect.closeTo(height, 1)]);
      for (const { text, x, y, width: wide } of page.words) {
        expect(x, text).toBeGreaterThanOrEqual(side - 0.5);
        expect(x + wide, text).toBeLessThanOrEqual(width - side + 0.5);
        expect(y, text).toBeGreaterThan(20);
        expect(y, text).toBeLessThan(height - 20);
      }
      const foot = page.words.filter(({ y }) => y > height - margins.bottom + 1).map(({ text }) => text);
      expect(foot.join(' ')).toMatch(/Page \d+ of \d+$/);
      expect(foot.length).toBeLessThanOrEqual(3);
    }
  },
);

test('PROP-10 columns that are not shown are not there', async () => {
  const without = await read(
    anOffer({
      columns: { quantity: false, unitPrice: false },
      options: [],
      sections: [
        section('Roofing', [
          { ...line('Shingles', 64, 'sq', 312.4), quantity: null, unit: '', unitPrice: null },
        ]),
      ],
    }),
  );
  expect(without.text).not.toMatch(/Quantity|Unit price|64 sq|312\.40/);
  const sections = await read(
    anOffer({ sections: anOffer().sections.map((one) => ({ ...one, lines: null })), options: [] }),
  );
  expect(sections.text).toContain('Tear-off and disposal $11,079.00');
  expect(sections.text).not.toMatch(/Quantity|Remove asphalt|Optional/);
});

test('PROP-11 money is said in its currency, with its decimals', async () => {
  const yen = anOffer({
    currency: 'JPY',
    sections: [section('Roof', [line('Tiles', 12, 'sq', 45_000)])],
    options: [],
  });
  const { text } = await read(yen);
  expect(text).toContain('¥540,000');
  expect(text).toContain('rounded to 1 so');
  const dinar = await read({ ...yen, currency: 'KWD' });
  expect(dinar.text).toMatch(/540,000\.000/);
});

test('PROP-12 a tax that is not shown is announced, and one that is not charged is not spoken of', async () => {
  const apart = await read(anOffer({ tax: { is: 'apart' } }));
  expect(apart.text).toContain('Total before tax $52,907.50');
  expect(apart.text).toContain('Tax is charged in addition.');
  expect((await read(anOffer())).text).not.toMatch(/tax/i);
});

test('PROP-13 the same offer gives the same bytes, of which no date of writing is a part', async () => {
  const offer = anOffer({ company: { ...anOffer().company, logo: aPicture() } });
  const first = await bytesOf(offer);
  expect(Buffer.from(await bytesOf(structuredClone(offer))).equals(first)).toBe(true);
  expect(Buffer.from(await bytesOf({ ...offer, number: 'E-2' })).equals(first)).toBe(false);
  expect(Buffer.from(first).toString('latin1')).not.toContain(String(new Date().getUTCFullYear() + 1));
});

test('PROP-14 title, author and language are in its metadata, and no program or person else', async () => {
  const { info } = await read(anOffer());
  expect(info).toMatchObject({
    Title: 'Proposal E-2026-0142: Roof replacement, Maple Street Community Center',
    Author: 'Ridgeline Roofing & Construction, Inc.',
    Language: 'en-US',
    CreationDate: 'D:20261118120000Z',
  });
});

test('PROP-15 characters that the font lacks are replaced where one sees it, and a note says so', async () => {
  const { text, info } = await read(
    anOffer({ title: 'Roof 屋根 ✓', terms: 'שלום e\u0301\u202e Кровля Στέγη Łódź Việt ₴' }),
  );
  expect(text).toContain(`Roof ${gap}${gap} ${gap}`);
  expect(text).toContain(`${gap}${gap}${gap}${gap} é Кровля Στέγη Łódź Việt ₴`);
  expect(text).toContain(`${gap} stands for characters`);
  expect(info.Title).toContain('Roof 屋根 ✓');
  expect((await read(anOffer())).text).not.toContain(gap);
});

test('PROP-8 a short paragraph stands on one page', async () => {
  const terms = Array.from({ length: 60 }, (_, n) => `Clause ${n}: ${long}. ${long}. End of ${n}.`).join(
    '\n',
  );
  const { pages } = await read(anOffer({ terms }));
  for (let n = 0; n < 60; n += 1) {
    const [begun, ended] = [`Clause ${n}:`, `End of ${n}.`].map((said) =>
      pages.findIndex(({ lines }) => lines.some((one) => one.includes(said))),
    );
    expect(begun).toBeGreaterThanOrEqual(0);
    expect(ended).toBe(begun);
  }
});

test('PROP-16 2,000 lines are written, each once, and what is beyond the bounds is refused', async () => {
  const { pages, text } = await read(building(40, 50));
  expect(pages.length).toBeGreaterThan(40);
  const lines = text.match(/^\d+\.\d+ .* \$[\d,.]+$/gm) ?? [];
  expect(new Set(lines).size).toBe(2_000);
  expect(await pdfOf(anOffer({ terms: 'x'.repeat(limits.text + 1) }))).toMatchObject({ failed: 'too-large' });
  const many = section(
    'All',
    Array.from({ length: limits.lines }, () => line('One', 1, 'ea', 1)),
  );
  expect(await pdfOf(anOffer({ sections: [many] }))).toMatchObject({ failed: 'too-large' });
});
