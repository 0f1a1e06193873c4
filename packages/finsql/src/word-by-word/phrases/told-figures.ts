/**
 * Figures that a question tells by their formulas: `charge minus cost`, `quantity times price`, `interest and
 * fees together`, `cost per click`; with the name that it gives them: `takings (coins and card together)`,
 * `margin by product: price less cost`.
 */
import type { Link } from '../../retrieval/context.ts';
import type { ColumnMeaning, Meaning, Phrase } from '../model/phrase.ts';
import { figuresOf, type Operation } from '../names/figure-steps.ts';
import { placedUnits } from '../words/units.ts';
import { nameBefore, namesAhead } from './figure-names.ts';
import { type Named, type Operand, operandAt, skipArticles } from './figure-operands.ts';
import { operatorAt, sumEndAt } from './formula-words.ts';
import { ratioAt } from './ratio-words.ts';

interface Told {
  readonly meanings: readonly ColumnMeaning[];
  /** Behind its last unit. */
  readonly end: number;
}

interface Within extends Named {
  readonly links: readonly Link[];
}

/**
 * The figures as phrases, each with the name that stands before it.
 * @param isHeld whether something stored is said between two places, which is no part of a name
 */
export function toldFigures(
  question: string,
  { names, schema, links }: Pick<Within, 'names' | 'schema' | 'links'>,
  isHeld: (from: number, to: number) => boolean,
): Phrase[] {
  const units = placedUnits(question);
  const within = { question, units, names, schema, links };
  const found: Phrase[] = [];
  for (let at = 0; at < units.length; ) {
    const told = figureAt(within, at);
    if (told === undefined) {
      at++;
      continue;
    }
    found.push(...phrasesOf(within, at, told, isHeld));
    at = told.end;
  }
  return found;
}

/** Whether a phrase is such a figure whose name stands before it. */
export function isToldBehindName({ meanings }: Phrase): boolean {
  return meanings.some((one) => one.kind === 'column' && one.told === true);
}

function phrasesOf(
  { question, units, names }: Within,
  at: number,
  { meanings, end }: Told,
  isHeld: (from: number, to: number) => boolean,
): Phrase[] {
  const from = units[at]?.from ?? 0;
  const to = units[end - 1]?.to ?? from;
  const tables = new Set(meanings.map(({ table }) => table));
  const within = { question, units, names, tables, isHeld };
  const before = isInBrackets(question, from, to) ? nameBefore(within, at) : undefined;
  if (before !== undefined) return [{ from: before, to, meanings }];
  const ahead = namesAhead(within, at);
  if (ahead.length === 0) return [{ from, to, meanings }];
  const told = meanings.map((one): Meaning => ({ ...one, told: true }));
  return [...ahead, { from, to, meanings: told }];
}

/** Whether it is all that brackets hold, or all before a comma in them. */
function isInBrackets(question: string, from: number, to: number): boolean {
  return (
    /[(（]\s*(?:the )?$/i.test(question.slice(0, from)) && /^\s*[),;]/.test(question.slice(to))
  );
}

/** The longest formula that begins at a unit; undefined where none does. */
function figureAt(within: Within, at: number): Told | undefined {
  const ratio = ratioAt(within, at);
  if (ratio !== undefined) {
    const { first: over, second, end } = ratio;
    const meanings = figuresOf(within, over.meanings, [{ sign: '/', by: second.meanings }]);
    if (meanings.length > 0) return { meanings, end };
  }
  const first = operandAt(within, at);
  if (first === undefined) return undefined;
  return sumAt(within, first) ?? operationsAt(within, at, first);
}

function operationsAt(within: Within, at: number, first: Operand): Told | undefined {
  const { question, units } = within;
  const isStrict = /(?:[(（:=]|\b(?:that is|i\.e\.),?)\s*(?:the )?$/i.test(
    question.slice(0, units[at]?.from),
  );
  const operations: Operation[] = [];
  let told: Told | undefined;
  let end = first.end;
  for (;;) {
    const operator = operatorAt(within, end, isStrict);
    const number = operator?.sign === '*' ? numberAt(within, operator.end) : undefined;
    const next = operator && (number ?? operandAt(within, skipArticles(units, operator.end)));
    if (operator === undefined || next === undefined) return told;
    // `sick days per person` are of each of them.
    if (operator.sign === 'per' && 'isRows' in next && next.isRows) return told;
    operations.push({ sign: operator.sign, by: 'value' in next ? next.value : next.meanings });
    end = next.end;
    const meanings = figuresOf(within, first.meanings, operations);
    if (meanings.length === 0) return told;
    told = { meanings, end };
  }
}

/** `interest, fees and tax together`. */
function sumAt(within: Within, first: Operand): Told | undefined {
  const { units } = within;
  const operations: Operation[] = [];
  let { end } = first;
  for (;;) {
    const closed = sumEndAt(units, end);
    if (closed !== undefined && operations.length > 0) {
      const meanings = figuresOf(within, first.meanings, operations);
      return meanings.length === 0 ? undefined : { meanings, end: closed };
    }
    const joint = /^(?:,|and|plus)$/.test(units[end]?.stem ?? '') ? end + 1 : undefined;
    if (joint === undefined) return undefined;
    const both = units[joint - 1]?.stem === ',' && units[joint]?.stem === 'and' ? joint + 1 : joint;
    const next = operandAt(within, skipArticles(units, both));
    if (next === undefined) return undefined;
    operations.push({ sign: '+', by: next.meanings });
    end = next.end;
  }
}

function numberAt(
  { question, units }: Within,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  const from = units[at]?.from;
  const text = from === undefined ? undefined : /^\d+(?:\.\d+)?/.exec(question.slice(from))?.[0];
  if (from === undefined || text === undefined) return undefined;
  const end = units.findIndex((unit) => unit.from >= from + text.length);
  return { value: Number(text), end: end < 0 ? units.length : end };
}
