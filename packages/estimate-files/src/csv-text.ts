/** Rows as RFC 4180, with the mark by which Excel knows UTF-8. What people have written has to be neutral before. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A whole number of the `digits`th decimal place, exactly: 125000 of 4 is 12.5. */
export function decimal(value: number, digits: number): string {
  const size = String(Math.abs(value)).padStart(digits + 1, '0');
  const fraction = size.slice(-digits).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${size.slice(0, -digits)}${fraction === '' ? '' : `.${fraction}`}`;
}
