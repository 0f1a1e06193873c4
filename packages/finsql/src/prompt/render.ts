/**
 * The prompt's text:
 *
 *     fund(code, name='Alpha Growth', size:num, opened:date)
 *     holding(fund_code, stock, weight:num (share of net value))
 *     holding.fund_code = fund.code
 *     Q: How many funds are there?
 *     SQL: select count(*) from fund
 *     Q: <question>
 *     SQL:
 */
import { identifier } from '../schema/identifiers.ts';
import type { ColumnKind } from '../schema/schema.ts';
import { textLiteral } from '../sql/literal.ts';

export interface ShownColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Stored values that the question mentions. */
  readonly values: readonly string[];
  /** What the column means, where its name doesn't say; empty otherwise. */
  readonly note: string;
}

export interface ShownTable {
  readonly name: string;
  readonly note: string;
  readonly columns: readonly ShownColumn[];
}

export interface ShownExemplar {
  readonly question: string;
  readonly sql: string;
}

export interface PromptContent {
  readonly tables: readonly ShownTable[];
  /** Keys as conditions, `a.x = b.y`. */
  readonly keys: readonly string[];
  readonly exemplar: ShownExemplar | undefined;
  readonly question: string;
}

const SUFFIX: Readonly<Record<ColumnKind, string>> = {
  integer: ':int',
  number: ':num',
  date: ':date',
  boolean: ':bool',
  text: '',
};

/** The text that the model continues with ` <sql>`. */
export function renderPrompt(content: PromptContent): string {
  const lines = [...content.tables.map(renderTable), ...content.keys];
  if (content.exemplar !== undefined) {
    lines.push(`Q: ${oneLine(content.exemplar.question)}`, `SQL: ${content.exemplar.sql}`);
  }
  lines.push(`Q: ${oneLine(content.question)}`, 'SQL:');
  return lines.join('\n');
}

/** One table on one line. */
export function renderTable(table: ShownTable): string {
  const note = table.note === '' ? '' : ` (${table.note})`;
  return `${identifier(table.name)}(${table.columns.map(renderColumn).join(', ')})${note}`;
}

/** One column within its table's line. */
export function renderColumn(column: ShownColumn): string {
  const values = column.values.map((value) => textLiteral(oneLine(value))).join(' ');
  const note = column.note === '' ? '' : ` (${column.note})`;
  return `${identifier(column.name)}${SUFFIX[column.kind]}${values === '' ? '' : `=${values}`}${note}`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
