/**
 * Why a row got its label: each column is left out in turn, as if its cell were missing, and what the
 * model says then is compared; two columns that are read together, as the ratio of two amounts, also both at once.
 * For every kind of model alike, the language model included.
 */
import type { Translated } from '@quaestor/peft';
import { encodingOf } from './columns-read.ts';
import type { LearnedTable } from './learned-table.ts';
import { type LeftOut, partsToLeaveOut, withoutEach } from './left-out.ts';
import { type Opinion, opinionsOn } from './opinions.ts';

export interface ReasonCell {
  readonly column: string;
  readonly cell: string;
}

export interface Reason extends ReasonCell {
  /** The other of two that count together; null: the column counts by itself. */
  readonly beside: ReasonCell | null;
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
/** Of two columns one counts alone that has all of their effect but this share, while the other has less than it. */
const ALONE = 0.2;

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
  const left = withoutEach(partsOf(learned), learned.schema, rows);
  return reasonsOf(learned, rows, opinions, opinionsOn(learned, left), most);
}

function partsOf(learned: LearnedTable): readonly LeftOut[] {
  return partsToLeaveOut(learned.schema, encodingOf(learned));
}

/**
 * @param opinions of the rows
 * @param left opinions of the rows `withoutEach` of their parts
 */
export function reasonsOf(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
  opinions: readonly Opinion[],
  left: readonly Opinion[],
  most = 3,
): Reason[][] {
  const parts = partsOf(learned);
  const scale = learned.kind === 'regressor' ? learned.regressor.state.scale : 1;
  return rows.map((row, at) => {
    const opinion = opinions[at] as Opinion;
    const whole = figureOf(opinion, opinion);
    const cellAt = (index: number): ReasonCell => ({
      column: learned.schema.columns[index]?.name ?? '',
      cell: row[index] ?? '',
    });
    const effects = parts.map((part, i): Effect => {
      const without = figureOf(left[at * parts.length + i] as Opinion, opinion);
      return { part, without, effect: whole - without };
    });
    return countingTogether(effects, LEAST * scale)
      .filter(({ effect }) => Math.abs(effect) >= LEAST * scale)
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
      .slice(0, most)
      .map(({ part: [index, beside], without }): Reason => {
        const cells = {
          ...cellAt(index),
          beside: beside === undefined ? null : cellAt(beside),
        };
        const reason = { ...cells, with: whole, without };
        return { ...reason, words: inWords(learned, opinion, reason) };
      });
  });
}

interface Effect {
  readonly part: LeftOut;
  readonly without: number;
  readonly effect: number;
}

/** Two columns in place of each where they count together, and elsewhere each by itself. */
function countingTogether(effects: readonly Effect[], least: number): readonly Effect[] {
  const alone = new Map(
    effects.flatMap(({ part: [index, beside], effect }): [number, number][] =>
      beside === undefined ? [[index, effect]] : [],
    ),
  );
  const pairs = effects.filter(({ part: [index, beside], effect }) => {
    if (beside === undefined || Math.abs(effect) < least) return false;
    const little = Math.max(least, ALONE * Math.abs(effect));
    const [first, second] = [alone.get(index) ?? 0, alone.get(beside) ?? 0];
    const countsAlone = (one: number, other: number) =>
      Math.abs(effect - one) < little && Math.abs(other) < little;
    return !countsAlone(first, second) && !countsAlone(second, first);
  });
  const told = new Set(pairs.flatMap(({ part }) => part));
  const others = effects.filter(
    ({ part: [index, beside] }) => beside === undefined && !told.has(index),
  );
  return [...pairs, ...others];
}

/** Of an opinion: the probability of the class that `first` predicts, or the quantity. */
function figureOf(opinion: Opinion, first: Opinion): number {
  if (opinion.kind === 'value') return opinion.value;
  return first.kind === 'class' ? (opinion.probabilities[first.predicted] as number) : 0;
}

function inWords(
  learned: LearnedTable,
  opinion: Opinion,
  { beside, with: whole, without, ...cell }: Omit<Reason, 'words'>,
): Translated {
  const said = cellsInWords(cell, beside);
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
  const it = beside === null ? { en: 'it', zh: '它' } : { en: 'them', zh: '它们' };
  return {
    en: `${said.en}: ${more ? 'speaks for' : 'speaks against'} ${label} (${on}, without ${it.en} ${off})`,
    zh: `${said.zh}：${more ? '支持' : '不支持'} ${label}（${on}，没有${it.zh}为 ${off}）`,
  };
}

function cellsInWords(cell: ReasonCell, beside: ReasonCell | null): Translated {
  const own = cellInWords(cell);
  if (beside === null) return own;
  const other = cellInWords(beside);
  return { en: `${own.en} while ${other.en}`, zh: `${own.zh} 而 ${other.zh}` };
}

function cellInWords({ column, cell }: ReasonCell): Translated {
  const value = short(cell.trim());
  return value === ''
    ? { en: `${column} is missing`, zh: `${column} 缺失` }
    : { en: `${column} is ${value}`, zh: `${column} 为 ${value}` };
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
