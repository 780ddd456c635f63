import type { Named } from './wire.ts';

/** A piece of a message: words, an address that may be followed, or somebody's name. */
export type Piece =
  | { readonly is: 'words'; readonly text: string }
  | { readonly is: 'link'; readonly text: string; readonly href: string }
  | { readonly is: 'mention'; readonly text: string; readonly person: Named };

const address = /https?:\/\/[^\s<>"'`]+/gi;
/** What more often ends the sentence than the address. */
const trailing = /[.,;:!?…]+$/;

/** Cuts a message into pieces; put together, their texts are the message. */
export function piecesOf(text: string, mentions: readonly Named[]): readonly Piece[] {
  return linked(text).flatMap((piece) => (piece.is === 'words' ? mentioned(piece.text, mentions) : [piece]));
}

function linked(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const shown = withoutClosing(match[0].replace(trailing, ''));
    if (!isAddress(shown)) continue;
    pieces.push({ is: 'words', text: text.slice(at, match.index) });
    pieces.push({ is: 'link', text: shown, href: shown });
    at = match.index + shown.length;
  }
  pieces.push({ is: 'words', text: text.slice(at) });
  return pieces.filter(({ text: words }) => words !== '');
}

/** A bracket that the address does not open closes something around it. */
function withoutClosing(shown: string): string {
  return shown.endsWith(')') && !shown.includes('(')
    ? shown.replace(/\)+$/, '').replace(trailing, '')
    : shown;
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

function mentioned(text: string, mentions: readonly Named[]): Piece[] {
  // The longest first: "Ana Diaz" is not "Ana" followed by a word.
  const people = mentions.toSorted((a, b) => b.name.length - a.name.length);
  const pieces: Piece[] = [];
  let words = '';
  for (let at = 0; at < text.length; ) {
    const person = text[at] === '@' ? people.find(({ name }) => text.startsWith(name, at + 1)) : undefined;
    if (!person) {
      words += text[at];
      at += 1;
      continue;
    }
    if (words !== '') pieces.push({ is: 'words', text: words });
    words = '';
    pieces.push({ is: 'mention', text: `@${person.name}`, person });
    at += person.name.length + 1;
  }
  if (words !== '') pieces.push({ is: 'words', text: words });
  return pieces;
}
