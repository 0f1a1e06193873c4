/**
 * A state of two words that a clause says apart: `whose identity has not been checked yet`, where a comment
 * explains a code as `identity checked`.
 */
import type { Column, Schema } from '../../schema/schema.ts';
import { codesOf } from '../columns/comment-parts.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { wordsOf } from '../columns/name-words.ts';
import { toldOnce } from '../columns/told-once.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';

const statesOf = toldOnce(findStates);

/** `identity checked`, `terms agreed`. */
const NOUN_DONE = /^([a-z]+(?: [a-z]+)?) ([a-z]{3,}ed|seen|paid|sent|met|done|known|given|held)$/i;

/** What is said of the noun: `has not been`, `nobody has`, `is still not`. */
const VERB =
  "(?:(?:has|have|had|is|are|was|were)( not|n['’]t| never| yet to be| still not)?(?: yet)?(?: been)?|(nobody|no one)(?: has| have)?(?: ever)?|we (?:have|had)( not)?(?: yet)?)";

interface Apart {
  readonly noun: string;
  readonly done: string;
  readonly so: string;
  /** What is stored where it is not so; undefined where that is not one value. */
  readonly notSo?: string;
}

/** The phrases for such clauses, with what is stored of them. */
export function stateClauses(question: string, { tables }: Schema): Phrase[] {
  return tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      statesOf(column).flatMap((state) =>
        found(question, state).flatMap(({ from, to, isDenied }) => {
          const value = isDenied ? state.notSo : state.so;
          if (value === undefined) return [];
          const meaning: Meaning = {
            kind: 'value',
            table: table.name,
            column: column.name,
            value,
            cost: 0.5,
          };
          return [{ from, to, meanings: [meaning] }];
        }),
      ),
    ),
  );
}

function found(
  question: string,
  { noun, done }: Apart,
): { readonly from: number; readonly to: number; readonly isDenied: boolean }[] {
  // `whose bank details are verified`, of bank_verified.
  const named = `(?:whose |where (?:the )?|with )?${noun}(?: (?:details|account|status|check|papers))?`;
  const clause = new RegExp(`\\b${named} ${VERB} (un)?${done}(?: yet| so far)?\\b`, 'gi');
  return [...question.matchAll(clause)].map(
    ({ 0: text, 1: not, 2: nobody, 3: never, 4: un, index }) => {
      const isNot = [not, nobody, never].some((one) => one !== undefined);
      return { from: index, to: index + text.length, isDenied: isNot !== (un !== undefined) };
    },
  );
}

/** The states that a column's codes, or its name where it is one of yes and no, tell in two words. */
function findStates(column: Column): Apart[] {
  const { samples, comment } = column;
  const flag = flagOf(column);
  const codes = codesOf(comment).filter(([, code]) => samples.includes(code));
  const told = codes.flatMap(([words, code]): Apart[] => {
    const [, noun, done] = NOUN_DONE.exec(words) ?? [];
    const others = samples.filter((one) => one !== code);
    const [notSo, ...more] = others;
    return noun === undefined || done === undefined
      ? []
      : [{ noun, done, so: code, ...(notSo === undefined || more.length > 0 ? {} : { notSo }) }];
  });
  if (flag === undefined) return told;
  const own = wordsOf(column.name).join(' ');
  const [, noun, done] = NOUN_DONE.exec(own) ?? [];
  if (noun === undefined || done === undefined) return told;
  const nouns = /^ids?$/.test(noun) ? [noun, 'identity', 'papers', 'identities'] : [noun];
  const [so, notSo] = flag.map(String);
  return [
    ...told,
    ...nouns.flatMap((one): Apart[] =>
      so === undefined || notSo === undefined ? [] : [{ noun: one, done, so, notSo }],
    ),
  ];
}
