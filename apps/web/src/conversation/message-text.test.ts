import { expect, test } from 'vitest';
import { found, named, namedIn, queryAt } from './mention-search.ts';
import { piecesOf } from './message-text.ts';

const ann = { id: 'a', name: 'Ana' };
const diaz = { id: 'd', name: 'Ana Diaz' };

const links = (text: string) =>
  piecesOf(text, []).flatMap((piece) => (piece.is === 'link' ? [piece.href] : []));

test('TALK-13 only http and https addresses become links, without the dot that ends the sentence', () => {
  expect(links('See https://example.org/a?b=c#d, and http://x.io.')).toEqual([
    'https://example.org/a?b=c#d',
    'http://x.io',
  ]);
  expect(links('(https://example.org/a) and https://en.wikipedia.org/wiki/Tide_(sea)')).toEqual([
    'https://example.org/a',
    'https://en.wikipedia.org/wiki/Tide_(sea)',
  ]);
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://x.y',
    'www.x.y',
    'https://',
    '//evil.example',
  ]) {
    expect(links(text), text).toEqual([]);
  }
  expect(links('javascript:https://x.io/')).toEqual(['https://x.io/']);
});

test('TALK-13 the pieces of a text are the text', () => {
  for (const text of [
    '',
    'a',
    '@Ana Diaz: https://x.io/@Ana. <b>no</b>\n@Ana\u202E',
    'https://x.io)https://y.io',
  ]) {
    expect(
      piecesOf(text, [ann, diaz])
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  }
});

test('a name is shown where it stands after an @, the longer one first', () => {
  const pieces = piecesOf('@Ana Diaz and @Ana, not @Tom', [ann, diaz]);
  expect(pieces.flatMap((piece) => (piece.is === 'mention' ? [piece.person.id] : []))).toEqual(['d', 'a']);
});

test('an @ that begins a word asks for names, one in the middle of a word does not', () => {
  const query = (text: string) => queryAt(text, text.length)?.words ?? null;
  expect([query('@'), query('Hi @an'), query('(@Ana D'), query('a\n@t')]).toEqual(['', 'an', 'Ana D', 't']);
  expect([query(''), query('ana@ex'), query('@ ana'), query('@ana  '), query('@a\nb'), query('@@')]).toEqual(
    Array(6).fill(null),
  );
});

test('names are found by the beginning of any word, whatever the accents', () => {
  const people = [diaz, { id: 'z', name: 'Zoé Ángel' }, { id: 'm', name: 'Tom Anders' }];
  expect(found(people, 'an').map(({ id }) => id)).toEqual(['d', 'm', 'z']);
  expect(found(people, 'zoe').map(({ id }) => id)).toEqual(['z']);
  expect(found(people, 'x')).toEqual([]);
});

test('a picked name takes the place of what was typed, and who is named is read from the text', () => {
  const text = 'Ask @an now';
  const query = queryAt(text, 7)!;
  expect(named(text, query, diaz)).toEqual({ text: 'Ask @Ana Diaz now', caret: 14 });
  expect(named('@', queryAt('@', 1)!, ann)).toEqual({ text: '@Ana ', caret: 5 });
  const namesake = { id: 'n', name: 'Ana Diaz' };
  expect(namedIn('Ask @Ana Diaz now, @Ana Diaz', [diaz], [ann, namesake])).toEqual([diaz]);
  expect(namedIn('Ask @Ana Diaz and @Ana', [], [ann, namesake])).toEqual([namesake, ann]);
  expect(namedIn('Ask Ana Diaz or @nobody', [diaz], [ann])).toEqual([]);
});
