/** How the words that a comment explains a code by are said in a question: `private` of `private person`. */
import { hasHan, words } from '../../retrieval/words.ts';
import { verbForms } from '../columns/name-words.ts';
import { ENGLISH } from '../words/english.ts';
import { phraseKey } from '../words/units.ts';
import type { Coded } from './explained-codes.ts';

/** Words that tell no code by themselves. */
const TELL_NOTHING = new Set(
  `a an the of in on at by to for from with and or but is are was be been has have had it its we us our they them not no
   none never still yet already only other others all any some one two three first second third last new old good own more
   less most than as so when while until if that which who whom may must can will would should do does did there here out
   up off over under after before between per each every both single whole full part half free others time day days week
   month months year years number amount total value sum name code type kind date read made used kept held sent run balance
   balances account accounts business payment payments rate fee price money loan loans deal deals`.split(
    /\s+/,
  ),
);

/** What stands behind the word that tells a code: `waiting for waiver`, `pulled by us`. */
const BEHIND =
  / (?:by|for|at|on|in|with|from|to|of|when|that|which|because|until|before|after|against|while|as|over) .*$/;

/** Words that say something in any question. */
const OF_ENGLISH = new Set(ENGLISH.flatMap(([texts]) => texts.split('|').map(phraseKey)));

/** The words by which one of the codes is told, and no other of them: its first part, and each of its words. */
export function codeForms(codes: readonly Coded[]): readonly Coded[] {
  if (codes.length < 2 || codes.some(([said]) => hasHan(said))) return [];
  const areSingle = (code: string) =>
    codes.length > 2 && codes.every(([said, other]) => other === code || words(said).length === 1);
  // `incoming deposit` and `outgoing withdrawal`: of two, either word tells one.
  const [[one] = [''], [other] = ['']] = codes;
  const areTwo =
    codes.length === 2 &&
    codes.every(([said]) => words(said).length === 2) &&
    words(one)[0] !== words(other)[0];
  const own = codes.map(
    ([said, code]) => [formsOf(said, areTwo || areSingle(code)), code] as const,
  );
  return own.flatMap(([forms, code]) =>
    forms
      .filter((form) => codes.every(([said, other]) => other === code || !has(said, form)))
      .map((form): Coded => [form, code]),
  );
}

function has(said: string, form: string): boolean {
  return ` ${phraseKey(said)} `.includes(` ${phraseKey(form)} `);
}

/**
 * `penalty` of `penalty for early withdrawal`; `private` of `private insurer`; `waived` of `breached but waived`.
 * @param areNouns whether the others are single words: then the noun tells, too, `forward` of `outright forward`
 */
function formsOf(said: string, areNouns: boolean): string[] {
  if (/\b(?:not|no|none|never|without|un\p{L}+)\b/iu.test(said)) return [];
  const [front = '', but] = said.split(' but ');
  const head = front.replace(BEHIND, '').replace(/^(?:still|already|currently) | only$/g, '');
  const telling = [head, ...(but === undefined ? [] : [but])].filter(
    (part) => part !== said && part !== '' && words(part).length <= 3,
  );
  const [first = '', last, ...more] = words(head);
  // `card declined` by what is done, `private person` by what tells the kind.
  const isDone =
    last !== undefined && /ed$|^(?:paid|sold|lost|sent|seen|made|held|kept|met)$/.test(last);
  const isPair = last !== undefined && more.length === 0;
  const single = isPair ? [...(isDone ? [] : [first]), ...(isDone || areNouns ? [last] : [])] : [];
  return [...new Set([...telling, ...single, ...doneForms(said)])].filter(tells);
}

/** `auction` of auctioned, `increased` of increase. */
function doneForms(said: string): string[] {
  if (!/^[a-z]{5,}$/.test(said)) return [];
  return said.endsWith('ed') ? [said.slice(0, -2), said.slice(0, -1)] : verbForms(said).slice(0, 1);
}

function tells(form: string): boolean {
  const isTelling = words(form).some((word) => word.length > 2 && !TELL_NOTHING.has(word));
  return isTelling && !/\d/.test(form) && !OF_ENGLISH.has(phraseKey(form));
}
