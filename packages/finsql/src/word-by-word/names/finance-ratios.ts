/** Ratios that people of finance ask for by name and that no column holds: gross margin, 资产负债率, dividend yield. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';

/** What columns of statements are called, without underscores. */
const ROLES = {
  revenue: /^(?:total |net )?(?:revenue|sales|turnover)$|^营业(?:总)?收入$/,
  costOfSales: /^(?:cost of (?:sales|goods(?: sold)?|revenue)|cogs)$|^营业成本$/,
  grossProfit: /^gross profit$|^毛利润?$/,
  operatingProfit: /^(?:operating (?:profit|income)|ebit)$|^营业利润$/,
  netProfit: /^net (?:profit|income|earnings)$|^净利润$/,
  currentAssets: /^(?:total )?current assets$|^流动资产(?:合计)?$/,
  currentLiabilities: /^(?:total )?current liabilities$|^流动负债(?:合计)?$/,
  assets: /^total assets$|^(?:资产总计|总资产)$/,
  liabilities: /^total liabilities$|^(?:负债合计|总负债)$/,
  equity: /^(?:total |shareholders |stockholders )?equity$|^(?:股东权益|所有者权益)(?:合计)?$/,
  interestExpense: /^interest (?:expense|cost)s?$|^利息(?:支出|费用)$/,
  dividendPerShare: /^(?:dividends? per share|dps)$|^每股(?:股利|分红)$/,
  earningsPerShare: /^(?:earnings per share|eps)$|^每股收益$/,
  price: /^(?:(?:close|closing|year end|last|share|market) )?price$|^收盘价$/,
} as const;

type Role = keyof typeof ROLES;

interface Ratio {
  /** Separated by `|`. */
  readonly names: string;
  readonly top: Role;
  /** Taken off the top. */
  readonly minus?: Role;
  readonly over: Role;
}

const RATIOS: readonly Ratio[] = [
  { names: 'gross margin|gross profit margin|毛利率', top: 'grossProfit', over: 'revenue' },
  {
    ...{ names: 'gross margin|gross profit margin|毛利率', top: 'revenue', minus: 'costOfSales' },
    over: 'revenue',
  },
  {
    ...{ names: 'operating margin|operating profit margin|营业利润率', top: 'operatingProfit' },
    over: 'revenue',
  },
  {
    names: 'net margin|net profit margin|profit margin|净利率|净利润率|销售净利率',
    ...{ top: 'netProfit', over: 'revenue' },
  },
  { names: 'current ratio|流动比率', top: 'currentAssets', over: 'currentLiabilities' },
  {
    names: 'debt ratio|debt to asset ratio|debt to assets|liabilities to assets|资产负债率',
    ...{ top: 'liabilities', over: 'assets' },
  },
  {
    names: 'debt to equity ratio|debt to equity|产权比率',
    ...{ top: 'liabilities', over: 'equity' },
  },
  { names: 'return on equity|roe|净资产收益率', top: 'netProfit', over: 'equity' },
  { names: 'return on assets|roa|总资产收益率', top: 'netProfit', over: 'assets' },
  { names: 'interest coverage|interest cover', top: 'operatingProfit', over: 'interestExpense' },
  { names: 'dividend yield|股息率', top: 'dividendPerShare', over: 'price' },
  {
    names:
      'price earnings ratio|price to earnings ratio|price to earnings|p e ratio|pe ratio|市盈率',
    ...{ top: 'price', over: 'earningsPerShare' },
  },
];

/** How people ask for the ratios of a table that has both their columns, and none that holds them. */
export function saidOfRatios(table: Table): Naming[] {
  const found = new Set<string>();
  // Where both are kept, years are meant before quarters.
  const isOfQuarters = table.columns.some(({ name }) => /quarter|qtr|季度/i.test(name));
  const cost = COST.synonym + (isOfQuarters ? COST.verb : 0);
  return RATIOS.flatMap(({ names, top, minus, over }) => {
    const [column, less, divisor] = [top, minus, over].map((role) => role && columnOf(table, role));
    if (column === undefined || divisor === undefined || (minus && less === undefined)) return [];
    if (found.has(names)) return [];
    found.add(names);
    const meaning = {
      ...({ kind: 'column', table: table.name, column: column.name, cost } as const),
      ...(less && { minus: less.name }),
      over: { table: table.name, column: divisor.name },
    };
    return names.split('|').map((text) => naming(text, meaning, COST.synonym));
  });
}

/** The one column of a role; undefined where there is none, or several. */
function columnOf({ columns }: Table, role: Role): Column | undefined {
  const [only, ...others] = columns.filter(
    (column) => isNumber(column) && namesOf(column).some((name) => ROLES[role].test(name)),
  );
  return others.length === 0 ? only : undefined;
}

/** Its name, and those of its comment: `net profit | 净利润（万元）`. */
function namesOf({ name, comment }: Column): string[] {
  const parts = comment.split(/[|,;，；(（]/).map((part) => part.trim().toLowerCase());
  return [wordsOf(name).join(' '), ...parts];
}
