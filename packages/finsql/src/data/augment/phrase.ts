/**
 * Phrases with choices: `[What is|Give] the price[ in yuan|] of {company}?`. Square brackets hold
 * alternatives, which may nest; braces hold slots, which are left for later.
 */
import type { Random } from '@quaestor/peft';

/** One of the texts that a phrase stands for. A bracket without a partner stands for itself. */
export function choosePhrase(phrase: string, random: Random): string {
  const { text } = readSequence(phrase, 0, random, false);
  return text;
}

interface Read {
  readonly text: string;
  readonly end: number;
}

/** Reads up to the end, or, within brackets, up to the `|` or `]` that ends this alternative. */
function readSequence(phrase: string, from: number, random: Random, inside: boolean): Read {
  let text = '';
  let at = from;
  while (at < phrase.length) {
    const sign = phrase[at];
    if (inside && (sign === '|' || sign === ']')) break;
    if (sign === '[') {
      const choice = readChoice(phrase, at, random);
      text += choice.text;
      at = choice.end;
    } else {
      text += sign;
      at++;
    }
  }
  return { text, end: at };
}

function readChoice(phrase: string, from: number, random: Random): Read {
  const alternatives: string[] = [];
  let at = from + 1;
  for (;;) {
    const { text, end } = readSequence(phrase, at, random, true);
    alternatives.push(text);
    at = end + 1;
    if (phrase[end] !== '|') break;
  }
  return { text: alternatives[random.integer(alternatives.length)] ?? '', end: at };
}
