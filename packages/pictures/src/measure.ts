/** How much there is in a file, seen before it is read: reading takes longest where there is too much. */
import { limits } from './limits.ts';
import { type Failure, fail } from './request.ts';

const tag = /<(\/?)[\p{L}_](?:[^\s/>"']|\/(?!>))*(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(\/?)>/gu;
const drawn = /^<(?:[^\s:>]+:)?BPMN(?:Shape|Edge)[\s/>]/;

/** Null when it can be read. What is no tag by these rules is not counted: it is for the parser to say what is wrong with it. */
export function tooMuch(xml: string): Failure | null {
  if (xml.length > limits.xml) return fail('too-large', 'The file is too large to be drawn.');
  let [depth, elements] = [0, 0];
  for (const [text, closes, isWhole] of xml.matchAll(tag)) {
    if (closes === '' && drawn.test(text)) elements += 1;
    if (closes !== '') depth -= 1;
    else if (isWhole === '') depth += 1;
    if (depth > limits.depth)
      return fail('too-large', `Elements lie more than ${limits.depth} deep in each other.`);
    if (elements > limits.elements) {
      return fail('too-large', `There are more than ${limits.elements} shapes and connections.`);
    }
  }
  return null;
}
