/**
 * Why a row got its label: each column is left out in turn, as if its cell were missing, and what the
 * model says then is compared. For every kind of model alike, the language model included.
 */
import type { Translated } from '@quaestor/peft';
import { featureColumns } from '../schema/feature-columns.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { LearnedTable } from './learned-table.ts';
import { type Opinion, opinionsOn } from './opinions.ts';

export interface Reason {
  readonly column: string;
  readonly cell: string;
  /** Probability of the predicted class, or the predicted quantity. */
  readonly with: number;
  readonly without: number;
  readonly words: Translated;
}

export interface ExplainOptions {
  /** Reasons of a row at most; default 3. */
  readonly most?: number;
}

/** Effects below this share of the whole are not told. */
const LEAST = 0.005;

/**
 * The strongest reasons of each row, strongest first.
 * @param rows cells in the schema's order
 * @param opinions what the model says of them, if that is known already
 */
export function explainRows(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
  { most = 3 }: ExplainOptions = {},
  opinions: readonly Opinion[] = opinionsOn(learned, rows),
): Reason[][] {
  return reasonsOf(
    learned,
    rows,
    opinions,
    opinionsOn(learned, withoutEach(learned.schema, rows)),
    most,
  );
}

/** Of each row a copy for each feature, without its cell. */
export function withoutEach(schema: TableSchema, rows: readonly (readonly string[])[]): string[][] {
  const nothing = schema.missing[0] ?? '';
  const features = featureColumns(schema);
  return rows.flatMap((row) => features.map(({ index }) => row.with(index, nothing)));
}

/**
 * @param opinions of the rows
 * @param left opinions of the rows `withoutEach` of their features
 */
export function reasonsOf(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
  opinions: readonly Opinion[],
  left: readonly Opinion[],
  most = 3,
): Reason[][] {
  const features = featureColumns(learned.schema);
  const scale = learned.kind === 'regressor' ? learned.regressor.state.scale : 1;
  return rows.map((row, at) => {
    const opinion = opinions[at] as Opinion;
    const whole = figureOf(opinion, opinion);
    return features
      .map(({ column, index }, i) => {
        const without = figureOf(left[at * features.length + i] as Opinion, opinion);
        return { column: column.name, cell: row[index] ?? '', with: whole, without };
      })
      .filter((reason) => Math.abs(reason.with - reason.without) >= LEAST * scale)
      .sort((a, b) => Math.abs(b.with - b.without) - Math.abs(a.with - a.without))
      .slice(0, most)
      .map((reason): Reason => ({ ...reason, words: inWords(learned, opinion, reason) }));
  });
}

/** Of an opinion: the probability of the class that `first` predicts, or the quantity. */
function figureOf(opinion: Opinion, first: Opinion): number {
  if (opinion.kind === 'value') return opinion.value;
  return first.kind === 'class' ? (opinion.probabilities[first.predicted] as number) : 0;
}

function inWords(
  learned: LearnedTable,
  opinion: Opinion,
  { column, cell, with: whole, without }: Omit<Reason, 'words'>,
): Translated {
  const value = short(cell.trim());
  const said: Translated =
    value === ''
      ? { en: `${column} is missing`, zh: `${column} 缺失` }
      : { en: `${column} is ${value}`, zh: `${column} 为 ${value}` };
  const more = whole > without;
  if (learned.kind === 'regressor' || opinion.kind === 'value') {
    const change = Number(Math.abs(whole - without).toPrecision(3));
    return {
      en: `${said.en}: ${more ? 'raises' : 'lowers'} it by ${change}`,
      zh: `${said.zh}：使之${more ? '升高' : '降低'} ${change}`,
    };
  }
  const label = learned.classes[opinion.predicted];
  const [on, off] = [whole.toFixed(2), without.toFixed(2)];
  return {
    en: `${said.en}: ${more ? 'speaks for' : 'speaks against'} ${label} (${on}, without it ${off})`,
    zh: `${said.zh}：${more ? '支持' : '不支持'} ${label}（${on}，没有它为 ${off}）`,
  };
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
