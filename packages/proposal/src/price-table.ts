/** Prices by section or by line. Each section is a table whose head comes again on every page that it reaches. */
import type { Content, ContentTable, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { widthOf } from './font.ts';
import type { OfferLine, OfferSection } from './offer.ts';
import { ascent, bare, grey, hairline, ink, leading, small, text } from './paper.ts';
import type { Voice } from './voice.ts';

/** One line of a table, said. */
interface Row {
  readonly name: string;
  /** Right-aligned, each under its label. */
  readonly figures: readonly string[];
}

/** Points between columns. */
const gutter = 14;
/** Points above and below a line. */
const padding = 3.4;

export class PriceTable {
  readonly #voice: Voice;
  readonly #labels: readonly string[];
  readonly #columns: { readonly quantity: boolean; readonly unitPrice: boolean };
  #widths: readonly number[] = [];
  readonly #width: number;
  #kept = 0;

  constructor(voice: Voice, width: number, columns: { quantity: boolean; unitPrice: boolean }) {
    this.#voice = voice;
    this.#width = width;
    this.#columns = columns;
    this.#labels = [
      ...(columns.quantity ? ['Quantity'] : []),
      ...(columns.unitPrice ? ['Unit price'] : []),
      'Price',
    ];
  }

  /** Sections with their lines; those without a name and sum of their own are one table without a head line. */
  sections(sections: readonly OfferSection[]): Content[] {
    const told = sections.map(({ name, price, lines }) => ({
      name: this.#voice.line(name),
      sum: this.#voice.money(price),
      rows: (lines ?? []).map((line) => this.#row(line)),
    }));
    this.#fit(told.flatMap(({ rows, sum }) => [...rows, { name: '', figures: this.#alone(sum) }]));
    return told.map(({ name, sum, rows }, index) =>
      this.#table(
        name,
        rows,
        rows.length > 1 ? { name: `${name}, total`, figures: this.#alone(sum) } : null,
        index > 0 ? 10 : 0,
      ),
    );
  }

  /** Prices of whole sections under each other. */
  summary(sections: readonly OfferSection[]): Content {
    const rows = sections.map(({ name, price }) => ({
      name: this.#voice.line(name),
      figures: this.#alone(this.#voice.money(price)),
    }));
    this.#fit(rows);
    return this.#table('Section', rows, null, 0);
  }

  /** Points that a head and what is kept with it take, about. */
  get keptRoom(): number {
    return this.#kept;
  }

  options(lines: readonly OfferLine[]): Content {
    const rows = lines.map((line) => this.#row(line));
    this.#fit(rows);
    return this.#table('Option', rows, null, 0);
  }

  #row({ name, quantity, unit, unitPrice, price }: OfferLine): Row {
    const amount = quantity === null ? '' : `${this.#voice.quantity(quantity)} ${this.#voice.line(unit)}`;
    return {
      name: this.#voice.line(name) || 'Item without a name',
      figures: [
        ...(this.#columns.quantity ? [amount.trim()] : []),
        ...(this.#columns.unitPrice ? [unitPrice === null ? '' : this.#voice.unitPrice(unitPrice)] : []),
        this.#voice.money(price),
      ],
    };
  }

  /** A price under the last label. */
  #alone(price: string): string[] {
    return this.#labels.map((_, index) => (index === this.#labels.length - 1 ? price : ''));
  }

  /** Every column as wide as its widest figure, up to what leaves the names their room; there long units wrap. */
  #fit(rows: readonly Row[]): void {
    const most = (this.#width * 0.55) / this.#labels.length;
    const widths = this.#labels.map((label, index) => {
      let widest = widthOf(label, small);
      for (const { figures } of rows) widest = Math.max(widest, widthOf(figures[index] ?? '', text, 'bold'));
      return Math.min(Math.ceil(widest) + 1, most);
    });
    const taken = widths.reduce((sum, width) => sum + width + gutter, 0);
    this.#widths = [this.#width - taken, ...widths];
  }

  #table(name: string, rows: readonly Row[], sum: Row | null, above: number): Content {
    const head: TableCell[] = [
      { text: name, bold: true, color: ink, fontSize: text + 0.5 },
      ...this.#labels.map((label) => ({
        text: label,
        fontSize: small,
        color: grey,
        alignment: 'right' as const,
        margin: [0, (text + 0.5 - small) * ascent, 0, 0] as [number, number, number, number],
      })),
    ];
    const body = rows.map((row) => this.#cells(row, false));
    if (this.#kept === 0) this.#kept = this.#roomFor(rows[0], rows.length === 1 ? null : sum);
    const last = body.at(-1);
    // A sum never stands alone on a page: it is in one row with the last line.
    if (sum !== null && last !== undefined)
      body[body.length - 1] = this.#together([last, this.#cells(sum, true)]);
    return {
      margin: [0, above, 0, 0],
      layout: lines(body.length + 1),
      table: {
        widths: [...this.#widths],
        headerRows: 1,
        keepWithHeaderRows: body.length > 0 ? 1 : 0,
        dontBreakRows: true,
        body: [head, ...body],
      },
    };
  }

  /** Points of the head, the first line, and the sum if it hangs on that. */
  #roomFor(first: Row | undefined, sum: Row | null): number {
    const rows = [first, sum].filter((row) => row !== undefined && row !== null);
    const room = (row: Row) =>
      Math.ceil((widthOf(row.name, text) * 1.15) / (this.#widths[0] ?? this.#width)) * text * leading;
    return rows.reduce((sum, row) => sum + room(row) + 2 * padding + 1, 24);
  }

  #cells({ name, figures }: Row, bold: boolean): TableCell[] {
    return [
      { text: name, bold },
      ...figures.map((figure) => ({ text: figure, bold, alignment: 'right' as const })),
    ];
  }

  #together(rows: TableCell[][]): TableCell[] {
    const inner: ContentTable = {
      layout: {
        ...lines(2),
        hLineWidth: (row) => (row === 1 ? 0.5 : 0),
        hLineColor: grey,
        paddingTop: (row) => (row === 0 ? 0 : padding),
        paddingBottom: (row) => (row === 0 ? padding : 0),
      },
      table: { widths: [...this.#widths], body: rows },
    };
    return [{ ...inner, colSpan: this.#widths.length }, ...this.#labels.map(() => ({}))];
  }
}

/** A rule under the head, hairlines between lines. */
function lines(rows: number): CustomTableLayout {
  return {
    ...bare,
    hLineWidth: (row) => (row === 0 ? 0 : row === 1 ? 0.9 : row === rows ? 0 : 0.5),
    hLineColor: (row) => (row === 1 ? ink : hairline),
    paddingTop: () => padding,
    paddingBottom: () => padding,
    paddingLeft: (column) => (column === 0 ? 0 : gutter),
  };
}
