/** What companies are beside the funds that they own: `funds of each company` are of fund companies. */
import type { Link } from '../../retrieval/context.ts';
import { nameWords, singular } from '../../retrieval/words.ts';
import { COST } from '../columns/name-costs.ts';
import { keysTo } from '../columns/part-of.ts';
import type { Meaning, Phrase } from '../model/phrase.ts';

/**
 * The phrases with such tables almost as if they were said in full: their name is that of another table that is said,
 * and the word for them, and a key lies between the two. What else the word means has no key to that one, and is not
 * said to be joined to it by what is done: companies that are held by funds are those of fund_holding.
 */
export function headsBesideOwners(
  phrases: readonly Phrase[],
  question: string,
  links: readonly Link[],
): Phrase[] {
  return phrases.map((phrase) => {
    const owners = phrases.filter((other) => other !== phrase).flatMap(tablesInFull);
    const own = tablesInFull(phrase);
    const isOfOwn = (owner: string) =>
      own.some((table) => isJoined(links, table, owner) || isDone(question, links, table, owner));
    const near = (one: Meaning): Meaning =>
      one.kind === 'table' &&
      one.cost === COST.part &&
      owners.some(
        (owner) =>
          isNamedBy(one.table, owner) && isJoined(links, one.table, owner) && !isOfOwn(owner),
      )
        ? { ...one, cost: COST.head }
        : one;
    return { ...phrase, meanings: phrase.meanings.map(near) };
  });
}

function tablesInFull({ meanings }: Phrase): string[] {
  return meanings.flatMap((one) =>
    one.kind === 'table' && one.cost === COST.full && !one.done ? [one.table] : [],
  );
}

/** Whether a table's name is that of another and a word for what it is of that. */
function isNamedBy(table: string, owner: string): boolean {
  const [words, first] = [nameWords(table).map(singular), nameWords(owner).map(singular)];
  return words.length === first.length + 1 && first.every((word, at) => words[at] === word);
}

function isJoined(links: readonly Link[], table: string, other: string): boolean {
  return keysTo(links, table, other).length > 0 || keysTo(links, other, table).length > 0;
}

/** Whether the question says what the rows do that refer to both: `hold`, `holds` or `held` of holdings. */
function isDone(question: string, links: readonly Link[], table: string, other: string): boolean {
  const between = new Set(links.map((link) => link.table));
  return [...between]
    .filter((one) => keysTo(links, one, table).length > 0 && keysTo(links, one, other).length > 0)
    .some((one) => {
      const root =
        nameWords(one)
          .at(-1)
          ?.replace(/(?:ings?|ments?|ations?|ions?|s)$/, '') ?? '';
      const forms = root === 'hold' ? 'hold|held|own' : root;
      return /^\p{L}{4,}$/u.test(root) && new RegExp(`\\b(?:${forms})`, 'i').test(question);
    });
}
