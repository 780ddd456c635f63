/** Texts that people typed in many lines: paragraphs, and lists where lines begin with a dash. */
import type { Content } from 'pdfmake/interfaces.js';
import { grey } from './paper.ts';

const bullet = /^\s*[-*•–]\s+/;

/** Longer ones are set in pieces: setting takes time by the square of the length. */
const longestPiece = 4_000;

/** Characters of a paragraph that is kept together: some six lines. */
const keptTogether = 700;

export function prose(lines: readonly string[]): Content[] {
  const made: Content[] = [];
  let items: string[] = [];
  const endList = () => {
    if (items.length === 0) return;
    made.push({ ul: items, markerColor: grey, margin: [2, 1, 0, 3] });
    items = [];
  };
  for (const line of lines) {
    if (bullet.test(line)) {
      items.push(line.replace(bullet, ''));
      continue;
    }
    endList();
    if (line.trim() === '') made.push({ text: ' ', fontSize: 5 });
    else for (const piece of pieces(line)) made.push(paragraph(piece));
  }
  endList();
  return made;
}

/** Short ones stay on one page, so that no line of theirs stands alone at its foot or top. */
function paragraph(text: string): Content {
  return { text, margin: [0, 0, 0, 3], unbreakable: text.length <= keptTogether };
}

function pieces(line: string): string[] {
  const made: string[] = [];
  let rest = line;
  while (rest.length > longestPiece) {
    const space = rest.lastIndexOf(' ', longestPiece);
    const end = space > 0 ? space : longestPiece;
    made.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...made, rest];
}
