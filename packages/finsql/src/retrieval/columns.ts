/**
 * Which columns of a table does a question need? Score 0 … about 4: the neighbours' SQL
 * (similarity², 0 … 2), words of name and comment (0 … 1.2), stored values (1.5), keys and labels.
 */
import type { Column } from '../schema/schema.ts';
import { fold } from '../schema/schema.ts';
import type { DatabaseContext } from './context.ts';
import type { Neighbour } from './exemplars.ts';
import { fit, type TableLexicon } from './lexicon.ts';
import type { LinkedValue } from './values.ts';

export interface ScoredColumn {
  readonly column: Column;
  /** Folded name. */
  readonly name: string;
  readonly score: number;
  /** Weight of the question's stems that the comment has and the name hasn't, or hides. */
  readonly explained: number;
}

/** The columns of one table, in stored order. */
export function scoreColumns(
  context: DatabaseContext,
  table: TableLexicon,
  questionStems: readonly string[],
  neighbours: readonly Neighbour[],
  values: readonly LinkedValue[],
): ScoredColumn[] {
  const votes = voteForColumns(context, table.name, neighbours);
  const mostVotes = Math.max(1e-9, ...votes.values());
  const asked = new Set(questionStems);
  return table.table.columns.map((column, index) => {
    const { name, nameStems, commentStems, hiddenStems } = table.columns[index] ?? {
      name: fold(column.name),
      nameStems: new Set<string>(),
      commentStems: new Set<string>(),
      hiddenStems: new Set<string>(),
    };
    const isSilent = [...commentStems].every((item) => nameStems.has(item));
    const weight = (item: string) => context.lexicon.weight(item);
    let matched = 0;
    let explained = 0;
    for (const item of asked) {
      const part = fit(item, name, nameStems, commentStems);
      matched += part * weight(item);
      const tells = part === 0.9 ? !name.includes(item) : isSilent && hiddenStems.has(item);
      if (tells) explained += weight(item);
    }
    const length = Math.hypot(...[...new Set([...nameStems, ...commentStems])].map(weight)) || 1;
    const linked = values.some(
      (value) => fold(value.table) === table.name && fold(value.column) === name,
    );
    const score =
      (2 * (votes.get(name) ?? 0)) / mostVotes +
      Math.min(1.2, (0.6 * matched) / length) +
      (linked ? 1.5 : 0) +
      (isLabel(name) ? 0.25 : 0) +
      (column.primaryKey && name !== 'id' ? 0.4 : 0);
    const numbersRows = column.primaryKey && name === 'id';
    return { column, name, score: numbersRows ? score / 4 : score, explained };
  });
}

/** By folded name: the neighbours' similarity² whose SQL uses the column. */
export function voteForColumns(
  context: DatabaseContext,
  table: string,
  neighbours: readonly Neighbour[],
): Map<string, number> {
  const votes = new Map<string, number>();
  for (const { item, similarity } of neighbours) {
    for (const reference of context.known(item).references.columns) {
      if (!reference.startsWith(`${table}.`)) continue;
      const column = reference.slice(table.length + 1);
      votes.set(column, (votes.get(column) ?? 0) + similarity ** 2);
    }
  }
  return votes;
}

/** How much a column is worth in a prompt, given the scores of its table and its own. */
export function columnUtility(table: number, column: number): number {
  return (0.05 + table) * (0.1 + column);
}

/** Columns that answers tend to name a row by. */
function isLabel(name: string): boolean {
  return /(?:^|_)(?:name|title|code|date)$|name$|abbr$|date$/.test(name);
}
