/** How much each row is, where nothing is called so: `average loan size`, `the average value of a refund`. */
import { amountOfRow, figureNamed, isQuantity, soleAmount } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** What rows are for, where no column is called an amount; of several the first. */
const FOR_WHAT: readonly RegExp[] = [
  /principal/i,
  /(?:^|[_ ])(?:par|notional|nominal|face)(?:[_ ]|$)/i,
  /^(?:gross|basket|committed|pledged|lent|financed)(?:[_ ]?(?:amount|amt|cents|usd|eur|k))?$/i,
  /(?:^|_)(?:gross|basket)(?:_|Cents|$)/i,
];

/** @throws Unread where no measure is said of it, or nothing tells of which rows, or which figure it is */
export function takeRowSize(state: ParseState): void {
  const { asked, said } = state;
  const before = behind(state);
  // `enrollment size`.
  if (before?.kind === 'column' && isQuantity(state, before)) return;
  const [call, ...more] = said.calls;
  const table = isMeasured(state) ? rowsAhead(state) : undefined;
  const isBehind = before?.kind === 'table' && !before.done;
  const rows = isBehind ? before.table : (table ?? asked.thing);
  const isPlain = call !== undefined && call !== 'count' && more.length === 0;
  if (!isPlain || state.chinese || rows === undefined || said.extreme !== undefined)
    unread('the size of what');
  if (!isBehind && table === undefined && !isMeasured(state)) unread('the size of what');
  const isOther = asked.shown.some((item) => !isMeasure(item));
  if (isOther && asked.groups.length === 0) unread('the size of what');
  said.calls = [];
  said.tableMeasured = false;
  asked.tables.push(rows);
  asked.thing ??= rows;
  asked.shown.push({ call, of: sizeOfRow(state, rows) });
}

/** `average size`: the word for the measure stands right before it. */
function isMeasured(state: ParseState): boolean {
  return isWord(behind(state), 'measure');
}

/** `value of a refund`: the rows that come next, which are taken. */
function rowsAhead(state: ParseState): string | undefined {
  const [of, rows] = ahead(state);
  if (!isWord(of, 'preposition') || rows?.kind !== 'table' || rows.done) return undefined;
  state.at += 2;
  return rows.table;
}

function sizeOfRow(state: ParseState, table: string): ColumnRef {
  const amount = amountOfRow(state, table);
  if (amount !== undefined) return amount;
  for (const name of FOR_WHAT) {
    const found = figureNamed(state, table, name);
    if (found !== undefined) return found;
  }
  return soleAmount(state, table);
}
