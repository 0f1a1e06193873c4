/** How people say a table: by its name, in other words, in part, by what is done with its rows. */
import { hasHan, nameWords, singular } from '../../retrieval/words.ts';
import type { Schema, Table } from '../../schema/schema.ts';
import { partsOf } from '../columns/comment-parts.ts';
import { COST, type Named, type Naming, naming } from '../columns/name-costs.ts';
import { otherWordsOf, synonymsOf, tableWords, verbForms, wordsOf } from '../columns/name-words.ts';
import { doneWith, mostOf } from './done-with-rows.ts';
import { hanTableNames } from './han-names.ts';

/** @param prefix the word that the names of all tables begin with, which tells nothing: vc of `vc_round` */
export function saidOfTable(table: Table, prefix?: string): Naming[] {
  const meant = { kind: 'table', table: table.name } as const;
  return [
    ...tableNames(table, prefix).map(([text, cost]) => naming(text, { ...meant, cost })),
    ...tableVerbs(table, prefix).map(([text, cost]) =>
      naming(text, { ...meant, cost, done: true }),
    ),
    ...doneWith(table).map((text) => {
      const most = mostOf(text);
      const measured = most === undefined ? {} : { most };
      return naming(text, { ...meant, cost: COST.done, done: true, ...measured });
    }),
  ];
}

/** The word that the names of all tables of a schema begin with; undefined where they are few, or it is all of one. */
export function sharedPrefix({ tables }: Pick<Schema, 'tables'>): string | undefined {
  const [first, ...others] = tables.map(({ name }) => nameWords(name));
  const [prefix] = first ?? [];
  const isShared = [first ?? [], ...others].every(
    (words) => words.length > 1 && words[0] === prefix,
  );
  return others.length >= 2 && isShared ? prefix : undefined;
}

/** The words of a table's name without one that the names of all tables begin with. */
function telling(words: readonly string[], prefix: string | undefined): readonly string[] {
  const [first, ...rest] = words;
  return prefix !== undefined && first === prefix && rest.length > 0 ? rest : words;
}

function tableNames(table: Table, prefix: string | undefined): Named[] {
  const { name, comment } = table;
  if (hasHan(table.name)) return hanTableNames(table);
  const own = telling(tableWords(name), prefix);
  return [
    [own.join(' '), COST.full],
    [tableWords(name).join(' '), COST.full],
    // As it is written, too: `port` of a table whose name is short for portfolio.
    [telling(nameWords(name), prefix).join(' '), COST.full],
    ...otherWordsOf(name).map((words): Named => [words.join(' '), COST.verb]),
    ...partsOf(comment).map((text): Named => [text, COST.full]),
    ...rowsInComment(comment).map((text): Named => [text, COST.verb]),
    ...synonymsOf(own).map((text): Named => [text, COST.synonym]),
    ...headOf(own).map((text): Named => [text, COST.part]),
    ...(/^(?:staff|faculty|crew|personnel)$/.test(own.join(' '))
      ? [[`${own.join(' ')} member`, COST.full] as const]
      : []),
    ...hanTableNames(table),
  ];
}

/** `importers` of `applicants, the importers we issue for`. */
function rowsInComment(comment: string): string[] {
  if (hasHan(comment)) return [];
  return comment
    .split(/[,;|:(]/)
    .map((part) =>
      part
        .trim()
        .replace(/^(?:the|our|all|these are|one row per|a row per) /i, '')
        .replace(/ (?:we|that|who|which|with|for|of|in|to|from|by|at|on|per|as|and|or)\b.*$/i, ''),
    )
    .filter((part) => /^[a-z]+(?: [a-z]+)?s$/.test(part));
}

/** Words for rows of any kind: of `lease contracts` and `audit log` the first word tells more. */
const ANY_ROWS = new Set(
  'contract record list log entry detail data history info master header profile'.split(' '),
);

const OF_MASS =
  /^(?:collateral|inventory|equipment|budget|cargo|freight|luggage|baggage|journal|ledger)$/;

const OF_WHAT = /^(?:in|of|at|by|to|for|on)$/;

/** What people say for a name of several words: orders for fund orders, leases for lease contracts. */
function headOf(own: readonly string[]): string[] {
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined || own.length < 2) return [];
  if (OF_WHAT.test(last)) return [];
  // Products for hire, members of clubs.
  const joint = own.findIndex((word) => /^(?:of|for|in)$/.test(word));
  if (joint > 0) return own.slice(joint - 1, joint);
  // `bonds` and `issues` for bond issues.
  if (/^(?:issue|award)$/.test(singular(last))) return [first, last];
  // `collateral` of collateral items.
  if (OF_MASS.test(first) && /^(?:item|line|position|entry)$/.test(singular(last)))
    return [first, last];
  return [ANY_ROWS.has(singular(last)) ? first : last];
}

/** `ordered` for orders, `lent` for loans. */
function tableVerbs({ name }: Table, prefix: string | undefined): Named[] {
  const [noun, ...more] = telling(wordsOf(name), prefix).map(singular);
  if (noun === undefined || more.length > 0 || hasHan(name)) return [];
  return verbForms(noun).map((text): Named => [text, COST.synonym]);
}
