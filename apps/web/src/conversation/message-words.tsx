import css from './message.module.css';
import { type Piece, piecesOf } from './message-text.ts';
import type { Named } from './wire.ts';

/** The text of a message as text, with addresses to follow and names marked. */
export function MessageWords({
  text,
  mentions,
  me,
}: {
  text: string;
  mentions: readonly Named[];
  me: string;
}) {
  return (
    <p className={css.words} dir="auto">
      {piecesOf(text, mentions).map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other identity
        <Shown key={at} piece={piece} me={me} />
      ))}
    </p>
  );
}

function Shown({ piece, me }: { piece: Piece; me: string }) {
  switch (piece.is) {
    case 'words':
      return piece.text;
    case 'link':
      return (
        <a className={css.link} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
          {piece.text}
        </a>
      );
    case 'mention':
      return (
        <span className={css.mention} data-me={piece.person.id === me || undefined}>
          {piece.text}
        </span>
      );
  }
}
