/** A file as one picture: SVG, PNG or PDF. */
import { Resvg } from '@resvg/resvg-js';
import { fontFile } from './font.ts';
import { limits } from './limits.ts';
import { daylight, night } from './night.ts';
import { pdfOf } from './pdf.ts';
import { type DrawOptions, type Failure, fail, isFailure } from './request.ts';
import { drawSheet, drawSheets, type Sheet, withFile } from './sheet.ts';
import { svgOf } from './svg.ts';

export function draw(xml: string, options: DrawOptions): Promise<Uint8Array | Failure> {
  const { format, diagram, theme = 'light' } = options;
  return withFile(xml, async (viewer, { rootElement: definitions }) => {
    if (format === 'pdf' && diagram === undefined) {
      const sheets = await drawSheets(viewer, definitions, theme);
      return isFailure(sheets) ? sheets : pdfOf(sheets, options);
    }
    const sheet = await drawSheet(viewer, definitions, diagram, theme);
    if (isFailure(sheet)) return sheet;
    if (format === 'pdf') return pdfOf([sheet], options);
    const svg = svgOf(sheet, options.title);
    return format === 'svg' ? new TextEncoder().encode(svg) : pngOf(svg, sheet, options);
  });
}

function pngOf(
  svg: string,
  { box }: Sheet,
  { theme = 'light', ...options }: DrawOptions,
): Uint8Array | Failure {
  const zoom = zoomOf(box, options);
  if (Math.ceil(box.width * zoom) * Math.ceil(box.height * zoom) > limits.pixels) {
    return fail('too-many-pixels', `At this size the picture would have more than ${limits.pixels} pixels.`);
  }
  const picture = new Resvg(svg, {
    background: (theme === 'dark' ? night : daylight).ground,
    fitTo: { mode: 'zoom', value: zoom },
    font: { loadSystemFonts: false, fontFiles: [fontFile], defaultFontFamily: 'Arimo' },
    logLevel: 'off',
  });
  return picture.render().asPng();
}

/** Small diagrams are not blown up to fit: twice their size is as sharp as a screen shows. */
const mostZoom = 2;

function zoomOf({ width, height }: Sheet['box'], { fit, scale = 1 }: Omit<DrawOptions, 'theme'>): number {
  if (fit === undefined) return scale;
  return Math.min(fit.width / width, fit.height / height, mostZoom);
}
