/** What a picture may cost. Beyond it the answer is a refusal, not a slow machine. */
export const limits = {
  /** Characters of XML. */
  xml: 20_000_000,
  /** Shapes and connections of all diagrams of a file. */
  elements: 20_000,
  /** Elements in elements. */
  depth: 1_000,
  /** How far from the origin anything may lie, and how long a side of the whole may be. */
  reach: 100_000,
  /** Pixels of a PNG: 4 bytes each while it is drawn. */
  pixels: 36_000_000,
  /** Pages of a PDF. */
  pages: 200,
} as const;
