/** What is asked of the threads that draw, and what they answer. */
import { type Failure as FailureOf, threadFailureCodes } from '@tidemark/threads';

export { fail, isFailure } from '@tidemark/threads';

export type Format = 'svg' | 'png' | 'pdf';
export type Theme = 'light' | 'dark';
/** Of a PDF: as large as the diagram, or a sheet of paper in landscape with the diagram as large as fits, never enlarged. */
export type Page = 'diagram' | 'a4' | 'a3';

export interface DrawOptions {
  readonly format: Format;
  /** Id of the `BPMNDiagram` to draw. Default: the first; of a PDF: all of them, a page each. */
  readonly diagram?: string;
  /** Of a PNG: pixels per unit of the diagram, 1 to 4. Default 1. */
  readonly scale?: number;
  /** Of a PNG, instead of `scale`: as large as fits into so many pixels, at most twice its size. */
  readonly fit?: { readonly width: number; readonly height: number };
  /** Default `light`, on white. SVG has no background. */
  readonly theme?: Theme;
  readonly page?: Page;
  /** Of an SVG and a PDF: its title. */
  readonly title?: string;
}

export const failureCodes = [
  'unreadable',
  'too-large',
  'too-wide',
  'too-many-pixels',
  'nothing-to-draw',
  'no-such-diagram',
  ...threadFailureCodes,
] as const;

export type FailureCode = (typeof failureCodes)[number];

/**
 * Why there is no picture: `unreadable` is not BPMN; `too-large`, `too-wide` and `too-many-pixels` pass a bound; `nothing-to-draw` has
 * no shape; the others are those of threads.
 */
export type Failure = FailureOf<FailureCode>;

export type Job =
  | { readonly work: 'draw'; readonly xml: string; readonly options: DrawOptions }
  | { readonly work: 'normalise'; readonly xml: string };

export type Answer = { readonly bytes: Uint8Array } | { readonly xml: string } | Failure;
