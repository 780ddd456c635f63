/** Bytes that do not give what they should: nothing that trying again would mend. */
export class Broken extends Error {
  override readonly name = 'Broken';
}
