import type { WriteSheet } from 'hucre/xlsx';

/** How a sheet prints: landscape, as wide as the paper, heads on each page, page numbers below. */
export function pageOf({ area, heads }: { area?: string; heads?: string }): Omit<WriteSheet, 'name'> {
  return {
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      ...(area === undefined ? {} : { printArea: area }),
      ...(heads === undefined ? {} : { printTitlesRow: heads }),
    },
    headerFooter: { oddFooter: '&L&8&A&R&8&P / &N' },
    view: { showGridLines: false },
  };
}
