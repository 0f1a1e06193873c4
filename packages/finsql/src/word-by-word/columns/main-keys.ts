/** Of several keys from one table to another, the one that is called as what it refers to: emp_id beside approver_id. */
import type { Link } from '../../retrieval/context.ts';
import { singular } from '../../retrieval/words.ts';
import { fold } from '../../schema/schema.ts';
import { verbsOfAgent } from './agent-verbs.ts';
import { tableWords, verbForms, wordsOf } from './name-words.ts';

/** So many letters of a word tell those of its kin: approver, approved, approval. */
const ENDING = 2;
const SHORTEST = 4;

/**
 * The keys without those that tell another part that rows have, where the question says nothing of that:
 * `reports of employees in London` are those of whom they are, and not those that they approved.
 */
export function mainKeys(links: readonly Link[], question: string): Link[] {
  const said = question.toLowerCase();
  return links.filter((link) => {
    const between = links.filter((one) => isBetweenSame(one, link));
    const mains = between.filter(isCalledAsTarget);
    if (link.table === link.target || mains.length !== 1 || mains.includes(link)) return true;
    return between.some((one) => !mains.includes(one) && isSaid(one, said));
  });
}

/**
 * Keys that tell one part that rows have, of tables that rows of a third are of as well, where the question says nothing
 * of that part: `projects of each employee` may be those that they lead or those that they work on.
 */
export function unsaidParts(links: readonly Link[], question: string): Link[] {
  const said = question.toLowerCase();
  const refersTo = (table: string, target: string) =>
    links.some((one) => one.table === table && one.target === target && isCalledAsTarget(one));
  const tables = new Set(links.map(({ table }) => table));
  return links.filter((link) => {
    const { table, target } = link;
    if (table === target || isCalledAsTarget(link) || isSaid(link, said)) return false;
    return [...tables].some(
      (third) => third !== table && refersTo(third, table) && refersTo(third, target),
    );
  });
}

/** Whether a statement joins tables along a key. */
export function joinsAlong(sql: string, { column }: Link): boolean {
  const name = column.replaceAll(/\W/g, '.');
  return new RegExp(` on (?:\\S+\\.${name} = |\\S+ = \\S+\\.${name}\\b)`, 'iu').test(sql);
}

function isBetweenSame(one: Link, other: Link): boolean {
  const ends = ({ table, target }: Link) => [table, target].toSorted().join(' ');
  return ends(one) === ends(other);
}

function isCalledAsTarget({ column, target, targetColumn }: Link): boolean {
  const own = fold(column).replaceAll('_', '');
  const to = fold(targetColumn).replaceAll('_', '');
  return [to, `${singular(fold(target))}${to}`.replaceAll('_', '')].includes(own);
}

/** Whether the question has a word of what the key calls those rows: `approved by`; `approved reports` tells their state. */
function isSaid({ table, column }: Link, question: string): boolean {
  const rows = tableWords(table).map(singular).join('|');
  return wordsOf(column)
    .filter((word) => !/^(?:id|code|number|key)$/.test(word))
    .flatMap((word) => [word, ...verbForms(word), ...verbsOfAgent(word)])
    .some((word) => {
      const stem = word.slice(0, Math.max(SHORTEST, word.length - ENDING));
      return new RegExp(`${stem}(?!\\w*ed (?:${rows}))`, 'u').test(question);
    });
}
