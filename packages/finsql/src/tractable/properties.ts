/** What is said of a figure by its sign: `overdrawn accounts`, `products out of stock`, `reported a loss`. */
import { isNumber } from '../calibrate/asked-columns.ts';
import { nameWords } from '../retrieval/words.ts';
import type { Column } from '../schema/schema.ts';

export type Sign = '<' | '>' | '=';

interface Property {
  readonly texts: string;
  readonly sign: Sign;
  /** What its column is called. */
  readonly of: RegExp;
}

const BALANCE = /^(?:(?:account|current|cash|book|ledger) )?balance$|^余额$|账户余额/;
const STOCK = /(?:^| )(?:stock|on hand|inventory)(?: |$)|库存/;
const PROFIT =
  /^(?:net )?(?:profit|income)$|^(?:day )?pnl(?: (?:usd|eur|gbp|k|cents?))?$|^ni$|^(?:净利润|利润)$/;

const PROPERTIES: readonly Property[] = [
  { texts: 'overdrawn|in the red|in overdraft|透支', sign: '<', of: BALANCE },
  { texts: 'empty', sign: '=', of: BALANCE },
  { texts: 'out of stock|sold out|缺货|无货|没货', sign: '=', of: STOCK },
  { texts: 'in stock|有货', sign: '>', of: STOCK },
  {
    texts:
      'loss making|lost money|lost us money|losing money|at a loss|made a loss|make a loss|with a loss|reported a loss|report a loss|posted a loss|亏损|亏损的',
    sign: '<',
    of: PROFIT,
  },
  { texts: 'profitable|made a profit|盈利|盈利的', sign: '>', of: PROFIT },
];

/** What is said of a column's figures, against 0; nothing of other columns. */
export function propertiesOf(column: Column): { readonly text: string; readonly sign: Sign }[] {
  if (!isNumber(column)) return [];
  const name = nameWords(column.name).join(' ');
  return PROPERTIES.filter(({ of }) => of.test(name)).flatMap(({ texts, sign }) =>
    texts.split('|').map((text) => ({ text, sign })),
  );
}
