/** How people say a table: by its name, in other words, in part, by what is done with its rows. */
import { hasHan, singular } from '../retrieval/words.ts';
import type { Table } from '../schema/schema.ts';
import { partsOf } from './comment-parts.ts';
import { doneWith, mostOf } from './done-with-rows.ts';
import { hanTableNames } from './han-names.ts';
import { COST, type Named, type Said, said } from './name-costs.ts';
import { otherWordsOf, synonymsOf, tableWords, verbForms, wordsOf } from './name-words.ts';

export function saidOfTable(table: Table): Said[] {
  const meant = { kind: 'table', table: table.name } as const;
  return [
    ...tableNames(table).map(([text, cost]) => said(text, { ...meant, cost })),
    ...tableVerbs(table).map(([text, cost]) => said(text, { ...meant, cost, done: true })),
    ...doneWith(table).map((text) => {
      const most = mostOf(text);
      const measured = most === undefined ? {} : { most };
      return said(text, { ...meant, cost: COST.done, done: true, ...measured });
    }),
  ];
}

function tableNames(table: Table): Named[] {
  const { name, comment } = table;
  if (hasHan(table.name)) return hanTableNames(table);
  const own = tableWords(name);
  return [
    [own.join(' '), COST.full],
    ...otherWordsOf(name).map((words): Named => [words.join(' '), COST.verb]),
    ...partsOf(comment).map((text): Named => [text, COST.full]),
    ...synonymsOf(own).map((text): Named => [text, COST.synonym]),
    ...headOf(own).map((text): Named => [text, COST.part]),
    ...(/^(?:staff|faculty|crew|personnel)$/.test(own.join(' '))
      ? [[`${own.join(' ')} member`, COST.full] as const]
      : []),
    ...hanTableNames(table),
  ];
}

/** Words for rows of any kind: of `lease contracts` and `audit log` the first word tells more. */
const ANY_ROWS = new Set(
  'contract record list log entry detail data history info master profile'.split(' '),
);

const OF_WHAT = /^(?:in|of|at|by|to|for|on)$/;

/** What people say for a name of several words: orders for fund orders, leases for lease contracts. */
function headOf(own: readonly string[]): string[] {
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined || own.length < 2) return [];
  if (OF_WHAT.test(last)) return [];
  // Products for hire, members of clubs.
  const joint = own.findIndex((word) => /^(?:of|for|in)$/.test(word));
  if (joint > 0) return own.slice(joint - 1, joint);
  return [ANY_ROWS.has(singular(last)) ? first : last];
}

/** `ordered` for orders, `lent` for loans. */
function tableVerbs({ name }: Table): Named[] {
  const [noun, ...more] = wordsOf(name).map(singular);
  if (noun === undefined || more.length > 0 || hasHan(name)) return [];
  return verbForms(noun).map((text): Named => [text, COST.synonym]);
}
