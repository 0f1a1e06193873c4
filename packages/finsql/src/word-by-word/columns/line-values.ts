/**
 * What is sold, as people say it: the amount of an invoice; of the lines of an order, where no column holds
 * it, quantity × price.
 */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { nameWords, singular } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { sidesOf } from './deal-sides.ts';
import { withoutUnit } from './money-names.ts';
import { COST, type Naming, naming } from './name-costs.ts';
import { wordsOf } from './name-words.ts';

const QUANTITY = /^(?:quantity|qty|units|pieces|shares|数量|件数)$/i;
const PRICE = /price$|单价$|成交价$/i;
const AMOUNT = /amount|amt|total|value|revenue|金额|总额/i;

/** How people say it. */
const NAMES = [
  'sales',
  'revenue',
  'turnover',
  'value',
  'amount',
  'sales revenue',
  'sales amount',
  'sales value',
];
const HAN_NAMES = ['销售额', '交易额', '成交额', '金额', '总额'];

/** What purchases come to. */
const PURCHASES = ['purchase value', 'purchase amount', 'spend', '采购金额', '采购额', '采购总额'];

export function saidOfAmounts(table: Table): Naming[] {
  const meant = { kind: 'column', table: table.name, cost: COST.synonym } as const;
  const turnover = turnoverOf(table);
  const line = lineValueOf(table);
  return [
    ...(turnover ? TURNOVER.map((text) => naming(text, { ...meant, column: turnover.name })) : []),
    ...(line
      ? lineValueNames(table).map((text) =>
          naming(text, { ...meant, column: line.quantity.name, times: line.price.name }),
        )
      : []),
  ];
}

/** The two columns that make it; undefined where there are none, or several, or a column holds an amount. */
export function lineValueOf({
  columns,
}: Pick<Table, 'columns'>): { readonly quantity: Column; readonly price: Column } | undefined {
  const numbers = columns.filter((column) => isNumber(column) && !/_?id$/i.test(column.name));
  if (numbers.some(({ name }) => AMOUNT.test(name))) return undefined;
  const [quantity, ...quantities] = numbers.filter(({ name }) =>
    QUANTITY.test(wordsOf(name).join(' ')),
  );
  const [price, ...prices] = numbers.filter(
    ({ name }) => PRICE.test(name) || PRICE.test(withoutUnit(wordsOf(name)).join(' ')),
  );
  if (quantity === undefined || price === undefined) return undefined;
  return quantities.length + prices.length > 0 ? undefined : { quantity, price };
}

/** Its names, those of the table's rows among them: `order value` of order lines. */
function lineValueNames({ name, columns }: Table): readonly string[] {
  const [first] = wordsOf(name);
  // Of deals of both sides, sales are the one.
  const isOfBoth = columns.some((column) => sidesOf(column.name, column.samples).length > 0);
  const names = isOfBoth ? NAMES.filter((text) => !/sales|revenue/.test(text)) : NAMES;
  const own = first === undefined ? [] : [`${first} value`, `${first} amount`];
  const isOfPurchases = /^(?:po|purchase|采购)/i.test(name);
  return [...names, ...HAN_NAMES, ...own, ...(isOfPurchases ? PURCHASES : [])];
}

/** What the amounts of invoices, orders and sales come to. */
const TURNOVER = ['revenue', 'turnover', 'sales', 'takings', '营业额', '销售额'];

const SELLING = new Set([
  'invoice',
  'bill',
  'order',
  'sale',
  'receipt',
  'ticket',
  'booking',
  'donation',
]);

/** The one amount of what is sold or billed; undefined for other tables, or of several amounts. */
function turnoverOf({ name, columns }: Table): Column | undefined {
  const head = wordsOf(name).map(singular).at(-1) ?? '';
  if (!SELLING.has(head)) return undefined;
  const amounts = columns.filter(
    (column) => isNumber(column) && /(?:^|_)(?:amount|amt|total)$|金额$/i.test(snake(column.name)),
  );
  const [only, ...others] = amounts;
  return others.length === 0 ? only : undefined;
}

function snake(name: string): string {
  return nameWords(name).join('_');
}
