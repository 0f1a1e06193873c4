/** SQL → plain sentences, from its tree; nothing here is guessed by a model. */
import { findTable, type Schema } from '../schema/schema.ts';
import { type From, parseSelect, type Select } from './ast.ts';
import { conditionPhrase, type Naming, namingOf, valuePhrase } from './phrases.ts';

const SET_OPERATIONS: Readonly<Record<string, string>> = {
  union: 'Adds the rows (without repetitions) of a second query:',
  'union all': 'Adds the rows of a second query:',
  intersect: 'Keeps only rows that a second query gives, too:',
  except: 'Leaves out rows that a second query gives:',
};

/** What a statement does: one sentence per clause. Empty when it can't be parsed. */
export function explainSql(sql: string, schema: Schema): string[] {
  const select = parseSelect(sql);
  return select === undefined ? [] : explainSelect(select, schema);
}

function explainSelect(select: Select, schema: Schema): string[] {
  const naming = namingOf(select.from);
  const sentences = [...readsSentences(select.from ?? [], naming, schema)];
  if (select.where) sentences.push(`Keeps rows where ${conditionPhrase(select.where, naming)}.`);
  const groups = select.groupby?.columns ?? [];
  if (groups.length > 0) {
    sentences.push(
      `Makes one group per ${list(groups.map((column) => valuePhrase(column, naming)))}.`,
    );
  }
  if (select.having)
    sentences.push(`Keeps groups where ${conditionPhrase(select.having, naming)}.`);
  sentences.push(showsSentence(select, naming));
  if (select.orderby) {
    const orders = select.orderby.map(
      ({ expr, type }) =>
        `${valuePhrase(expr, naming)}, ${type === 'DESC' ? 'highest' : 'lowest'} first`,
    );
    sentences.push(`Sorts by ${orders.join('; then ')}.`);
  }
  const limit = limitSentence(select);
  if (limit !== undefined) sentences.push(limit);
  if (select._next !== undefined && select.set_op !== undefined) {
    sentences.push(SET_OPERATIONS[select.set_op.toLowerCase()] ?? 'Combines with a second query:');
    sentences.push(...explainSelect(select._next, schema));
  }
  return sentences;
}

function readsSentences(from: readonly From[], naming: Naming, schema: Schema): string[] {
  if (from.length === 0) return [];
  const names = from.map(({ table, expr }) => {
    if (expr?.ast !== undefined) return 'the result of an inner query';
    if (expr !== undefined) return 'the rows that a function gives';
    const comment =
      findTable(schema, table ?? '')
        ?.comment.split('|')[0]
        ?.trim() ?? '';
    const tells =
      comment !== '' && comment.toLowerCase() !== (table ?? '').replaceAll('_', ' ').toLowerCase();
    return tells ? `${table} (${comment})` : (table ?? '');
  });
  const keys = from.flatMap(({ on }) => (on ? [conditionPhrase(on, naming)] : []));
  const matched = keys.length === 0 ? '' : `, matched where ${keys.join(' and ')}`;
  return [`Reads ${list(names)}${matched}.`];
}

function showsSentence(select: Select, naming: Naming): string {
  const shown = select.columns.map(({ expr, as }) => {
    const phrase = valuePhrase(expr, naming);
    return as === null || as === phrase ? phrase : `${phrase} (as ${as})`;
  });
  return `Shows ${select.distinct ? 'each different ' : ''}${list(shown)}.`;
}

function limitSentence({ limit, orderby }: Select): string | undefined {
  const values = limit?.value.map(({ value }) => value) ?? [];
  const [first, second] = values;
  if (limit === null || first === undefined) return undefined;
  const [count, skipped] =
    second === undefined ? [first, 0] : limit.seperator === ',' ? [second, first] : [first, second];
  const after = skipped > 0 ? ` after leaving out ${skipped}` : '';
  return `Takes ${orderby ? 'the first ' : 'any '}${count} ${count === 1 ? 'row' : 'rows'}${after}.`;
}

function list(parts: readonly string[]): string {
  return parts.length <= 1
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
