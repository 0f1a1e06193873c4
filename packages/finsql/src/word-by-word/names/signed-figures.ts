/** Figures that stand above and below 0, as money in and money out: their net is what they come to. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { withoutUnit } from '../columns/money-names.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';
import { holdsDays } from '../columns/schema-columns.ts';

/** What the one such amount of a table is called. */
const NETS =
  'net|net amount|net flow|net flows|net movement|net movements|net cash|net cash flow|net change|net position|net total|net sum|net result|net inflow|profit or loss|surplus or deficit';
const BALANCES = 'balance|account balance|running balance|current balance';

/** How people ask for what they come to; nothing where a column is called net itself. */
export function saidOfSigned(table: Table): Naming[] {
  const signed = table.columns.filter(isSigned);
  const isCalled = (pattern: RegExp) =>
    table.columns.some(({ name }) => pattern.test(wordsOf(name).join(' ')));
  if (isCalled(/\bnet\b/)) return [];
  const meant = (column: Column, cost: number) =>
    ({ kind: 'column', table: table.name, column: column.name, total: true, cost }) as const;
  const [amount, ...others] = signed;
  const isSole = amount !== undefined && others.length === 0 && table.columns.some(holdsDays);
  const isLedger = isSole && !isCalled(/\bbalance\b/) && AMOUNT.test(bare(amount));
  return [
    ...signed.map((one) => naming(`net ${bare(one)}`, meant(one, COST.verb))),
    ...(isSole ? NETS.split('|').map((text) => naming(text, meant(amount, COST.synonym))) : []),
    ...(isLedger
      ? BALANCES.split('|').map((text) => naming(text, meant(amount, COST.synonym)))
      : []),
  ];
}

const AMOUNT = /^(?:amount|value|sum|pence|cents|money)$/;

function bare({ name }: Column): string {
  return withoutUnit(wordsOf(name)).join(' ');
}

/** Whether its figures stand above and below 0. */
export function isSigned(column: Column): boolean {
  if (!isNumber(column) || hasHan(column.name)) return false;
  const values = column.samples.map(Number);
  const areBoth = values.some((one) => one < 0) && values.some((one) => one > 0);
  return areBoth || /\bnegative\b/i.test(column.comment);
}
