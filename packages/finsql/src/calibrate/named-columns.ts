/** Whether a question names a column by what tells its part: `approved by` an approver, 托管人是. */
import { hasHan, isStopWord, nameWords, stem, stems } from '../retrieval/words.ts';
import type { Column, Table } from '../schema/schema.ts';

/** A column of a table that a question may name. */
export interface Named {
  readonly table: Table;
  readonly column: Column;
}

/** What makes other words of one: approve, approved, approval, approver. */
const FAMILY = /^(?:r|er|or|ed|ee|al|ion|ment|ance)$/;
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['bought', 'buy'],
  ['sold', 'sell'],
  ['held', 'hold'],
  ['lent', 'lend'],
]);
/** Words of names that tell no part. */
const COMMON: ReadonlySet<string> = new Set(
  'name full short code number date day time type text value key total'.split(' ').map(stem),
);
/** Behind the Chinese word for a part. */
const OF_PART = /(?:名称|姓名|全称|简称|代码|编号|[（(].*)$/u;

/**
 * Whether the question has a word of one column that says its part, and none of the other.
 * Words of both, and of their tables, tell nothing.
 */
export function namesOnly(question: string, one: Named, other: Named): boolean {
  const tables = [one.table, other.table];
  const said = stems(question)
    .map((word) => IRREGULAR.get(word) ?? word)
    .filter((word) => !isOfTable(word, tables));
  const [own, others] = [partsOf(one.column), partsOf(other.column)];
  const named = (parts: readonly string[], shared: readonly string[]) =>
    parts.some((part) => !shared.includes(part) && isSaid(part, said, question, tables));
  return named(own, others) && !named(others, own);
}

/** Whether the question has all words of a column's name, and one of them is none of its table's. */
export function namesWhole(question: string, { table, column }: Named): boolean {
  const said = stems(question);
  const parts = hasHan(column.name) ? [column.name] : nameWords(column.name).map(stem);
  const isNamed = parts.every((part) => isSaid(part, said, question, []));
  return isNamed && !parts.every((part) => isOfTable(part, [table]));
}

/** Stems of the words of name and comment; of what is Chinese, each piece as a whole. */
function partsOf({ name, comment }: Column): string[] {
  const pieces = [name, ...comment.split(/[|,;，；、]/)].map((piece) => piece.trim());
  const parts = pieces.flatMap((piece) =>
    hasHan(piece)
      ? [piece.replace(OF_PART, '')].filter(({ length }) => length > 1)
      : nameWords(piece)
          .filter((word) => !isStopWord(word) && word.length > 2)
          .map(stem),
  );
  return parts.filter((part) => !COMMON.has(part));
}

/** Whether a stem is of a table's name, or a Chinese word in its name or comment. */
function isOfTable(part: string, tables: readonly Table[]): boolean {
  return tables.some(({ name, comment }) =>
    hasHan(part)
      ? `${name} ${comment}`.includes(part)
      : nameWords(name).some((word) => stem(word) === part),
  );
}

function isSaid(
  part: string,
  said: readonly string[],
  question: string,
  tables: readonly Table[],
): boolean {
  return hasHan(part)
    ? question.includes(part) && !isOfTable(part, tables)
    : said.some((word) => isOfFamily(word, part));
}

function isOfFamily(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short === long) return true;
  return short.length > 2 && long.startsWith(short) && FAMILY.test(long.slice(short.length));
}
