/** What is said of a figure by its sign: `overdrawn accounts`, `products out of stock`, `reported a loss`. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { nameWords } from '../../retrieval/words.ts';
import type { Column } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';

export type Sign = '<' | '>' | '=';

interface Property {
  readonly texts: string;
  readonly sign: Sign;
  /** What its column is called. */
  readonly of: RegExp;
}

const BALANCE =
  /^(?:(?:account|current|cash|book|ledger|closing|end|eod|day end) )?balance$|^余额$|账户余额/;
const STOCK = /(?:^| )(?:stock|on hand|inventory)(?: |$)|库存/;
const PROFIT =
  /^(?:net )?(?:profit|income)$|^(?:day )?pnl(?: (?:usd|eur|gbp|k|cents?))?$|^ni$|^(?:(?:un)?reali[sz]ed )?(?:gain|profit) loss(?: (?:usd|eur|gbp|k|cents?))?$|^(?:净利润|利润)$|(?:盈亏|损益)$/;

const LATE = /^逾期[天日期]数$|^(?:overdue days|days (?:overdue|past due|in arrears))$/;

const PROPERTIES: readonly Property[] = [
  { texts: 'overdrawn|in the red|in overdraft|透支', sign: '<', of: BALANCE },
  { texts: 'empty', sign: '=', of: BALANCE },
  { texts: 'out of stock|sold out|缺货|无货|没货', sign: '=', of: STOCK },
  { texts: 'in stock|有货', sign: '>', of: STOCK },
  {
    texts:
      'loss making|lost money|lost us money|losing money|at a loss|made a loss|make a loss|with a loss|reported a loss|report a loss|posted a loss|亏损|亏损的|亏钱|亏了钱|亏本|赔钱|浮亏|出现亏损',
    sign: '<',
    of: PROFIT,
  },
  { texts: '逾期|逾期的|逾期了|已逾期|有逾期|发生逾期', sign: '>', of: LATE },
  {
    texts:
      'profitable|made a profit|at a profit|with a profit|at a gain|with a gain|盈利|盈利的|赚钱|赚了钱|获利|浮盈',
    sign: '>',
    of: PROFIT,
  },
];

/** Whether a column tells by how many days, or times, a row is late. */
export function tellsLateness(column: Column): boolean {
  return isNumber(column) && namesOf(column).some((name) => LATE.test(name));
}

function namesOf(column: Column): string[] {
  return [nameWords(column.name).join(' '), ...calledBy(column).slice(1)];
}

/** What is said of a column's figures, against 0; nothing of other columns. */
export function propertiesOf(column: Column): { readonly text: string; readonly sign: Sign }[] {
  if (!isNumber(column)) return [];
  const names = namesOf(column);
  return PROPERTIES.filter(({ of }) => names.some((name) => of.test(name))).flatMap(
    ({ texts, sign }) => texts.split('|').map((text) => ({ text, sign })),
  );
}
