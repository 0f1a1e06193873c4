/**
 * Figures that people of business ask for by name and that a table holds two columns of: the profit of a sale
 * with its price and its cost, the net of a gross amount, what is short of what is due.
 */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { nameWords, singular } from '../../retrieval/words.ts';
import type { Column, Schema, Table } from '../../schema/schema.ts';
import { withoutUnit } from '../columns/money-names.ts';
import { COST, type Naming, naming } from '../columns/name-costs.ts';
import { tableWords, wordsOf } from '../columns/name-words.ts';
import type { ColumnMeaning } from '../model/phrase.ts';
import { figuresOf, type Operator } from './figure-steps.ts';

interface Made {
  /** Separated by `|`. */
  readonly names: string;
  readonly of: RegExp;
  readonly sign: Operator;
  readonly with: RegExp;
  /** Where a column is called so, it is what is meant. */
  readonly unless: RegExp;
  /** How it is called after the table: `rent arrears` of a table of rents. */
  readonly heads?: string;
}

const SOLD =
  /^(?:(?:sale|sales|selling|sell|sold|vend|retail|list|asking|exit) )?(?:price|proceeds)$|^(?:sale|sales|exit) value$/;
const VALUE = /^(?:(?:fair|market|current) )?value$/;
const BOUGHT =
  /^(?:(?:unit|total|book|acquisition|purchase|original) )?cost(?: (?:price|basis))?$|^(?:purchase|buy|buying|bought|acquisition|entry) (?:price|cost|value)$|^book value$/;
const DUE =
  /^(?:(?:amount|total|rent|fee|fees|tax|premium|dues) )?(?:due|charged|billed|payable|owed|expected|pledged|invoiced|budgeted|required)(?: amount)?$/;
const PAID =
  /^(?:(?:amount|total|rent|cash) )?(?:paid|received|collected|counted|repaid|recovered|on hand)(?: amount)?$/;
const AMOUNT = /^(?:amount|fine|fee|charge|rent|price|total|premium)$/;
const LIMIT =
  /^(?:(?:credit|facility|overdraft|loan) )?(?:limit|line)$|^(?:commitment|committed|approved|facility)(?: amount)?$/;
const DRAWN =
  /^(?:amount )?(?:drawn|used|utili[sz]ed|outstanding|called|drawn down)(?: (?:balance|amount))?$|^balance$/;
const GROSS = /^gross(?:kg)?$|^gross(?: (?:amount|weight|dividend|pay|salary|fee|price))?$/;
const TAKEN_OFF =
  /^(?:tare(?: weight|kg)?|(?:withheld|withholding)(?: tax)?|tax(?: withheld)?|vat|(?:retention|discount|deduction|deductions|commission|fee|fees|refund|refunds)(?: amount)?)$/;
const NET = /^net(?: amount)?$/;
const TAX = /^(?:vat|tax|sales tax|gst)(?: amount)?$/;
const QUANTITY = /^(?:quantity|units|shares|pieces|lots|number of shares)$/;
const HOURS = /^(?:hours|hours worked|worked hours)$/;
const SPENT = /^(?:actual|spent|amount|cost|actual cost)(?: amount)?$/;
const PLANNED = /^(?:budget|budgeted|estimate|estimated|planned)(?: (?:amount|cost))?$/;

const PNL =
  /^(?:(?:day|daily|trading|realised|realized) )?(?:pnl|p l|profit and loss|profit loss)$|^(?:ni|net income|net result|net profit)$/;

const PROFIT =
  'profit|gain|gain or loss|profit or loss|profit and loss|gross profit|markup|mark up|trading profit';

const MADE: readonly Made[] = [
  {
    ...{ names: `${PROFIT}|margin per unit|unit margin`, of: SOLD, sign: '-', with: BOUGHT },
    unless: /profit|gain|margin|pnl|markup/,
  },
  {
    names: `unrealised gain|unrealized gain|unrealised profit|unrealized profit|unrealised gain or loss|unrealized gain or loss|unrealised profit or loss|${PROFIT}`,
    ...{ of: VALUE, sign: '-', with: BOUGHT },
    unless: /profit|gain|pnl/,
  },
  {
    names:
      'shortfall|arrears|outstanding amount|amount outstanding|amount owed|amount still owed|unpaid amount|still to come',
    ...{ of: DUE, sign: '-', with: PAID, heads: 'shortfall|arrears' },
    unless: /shortfall|arrears|outstanding|unpaid|owed/,
  },
  {
    names:
      'arrears|outstanding amount|amount outstanding|amount owed|amount still owed|unpaid amount',
    ...{ of: AMOUNT, sign: '-', with: PAID },
    unless: /shortfall|arrears|outstanding|unpaid|owed|balance|due|charged|billed/,
  },
  {
    names:
      'headroom|undrawn headroom|undrawn amount|undrawn|undrawn balance|undrawn commitment|unused amount|unused limit|available amount|room left|available limit|remaining limit',
    ...{ of: LIMIT, sign: '-', with: DRAWN },
    unless: /headroom|undrawn|unused|available|remaining/,
  },
  {
    names: 'net|net amount|net weight|net kilos|net kg|net load|net of tax|amount net of tax',
    ...{ of: GROSS, sign: '-', with: TAKEN_OFF },
    unless: /\bnet\b/,
  },
  {
    names:
      'gross|gross amount|amount including tax|amount including vat|including tax|including vat|including sales tax|with tax|with vat|total including tax',
    ...{ of: NET, sign: '+', with: TAX },
    unless: /gross|total/,
  },
  {
    names: 'cost|purchase cost|acquisition cost|amount invested|purchase value',
    ...{ of: QUANTITY, sign: '*', with: /^(?:buy|buying|purchase|entry|cost) price$/ },
    unless: /\bcost\b|amount|value/,
  },
  {
    names: 'proceeds|sale proceeds|sales proceeds',
    ...{ of: QUANTITY, sign: '*', with: /^(?:sell|selling|sale|exit) price$/ },
    unless: /proceeds|amount|value/,
  },
  {
    names: 'pay|wages|earnings|labour cost|labor cost|cost|amount earned',
    ...{ of: HOURS, sign: '*', with: /^(?:hourly|hour) (?:rate|pay|wage)$/ },
    unless: /\bpay\b|wage|earning|cost|amount/,
  },
  {
    names: 'volume|traded volume|trade size|traded value|trade value|turnover|dollar volume|size',
    ...{ of: QUANTITY, sign: '*', with: /^(?:(?:unit|trade|deal) )?price$/ },
    unless: /amount|value|volume|turnover|total|size/,
  },
  {
    ...{ names: 'overrun|cost overrun|budget overrun', of: SPENT, sign: '-', with: PLANNED },
    unless: /overrun|variance/,
  },
  {
    ...{ names: 'collection rate|payment rate|recovery rate', of: PAID, sign: '/', with: DUE },
    unless: /(?:collection|recovery|payment) rate/,
  },
  {
    ...{ names: 'collection rate|payment rate|recovery rate', of: PAID, sign: '/', with: AMOUNT },
    unless: /(?:collection|recovery|payment) rate|due|charged|billed/,
  },
  {
    names:
      'utilisation|utilization|utilisation rate|utilization rate|usage rate|limit usage|usage of the limit',
    ...{ of: DRAWN, sign: '/', with: LIMIT },
    unless: /utili[sz]ation|usage/,
  },
];

/** How people ask for the figures that a table has both columns of, and none that holds them. */
export function saidOfMade(schema: Schema, table: Table): Naming[] {
  const own = table.columns.filter(isNumber);
  const found = new Set<string>();
  return MADE.flatMap(({ names, of, sign, with: other, unless, heads }) => {
    if (table.columns.some((one) => unless.test(nameWords(one.name).join(' ')))) return [];
    const [first, second] = [of, other].map((pattern) => soleOf(own, pattern));
    if (first === undefined || second === undefined || first === second) return [];
    const meant = (column: Column): ColumnMeaning => ({
      ...({ kind: 'column', table: table.name, column: column.name } as const),
      cost: 0,
    });
    const [figure] = figuresOf(
      { schema, links: [] },
      [meant(first)],
      [{ sign, by: [meant(second)] }],
    );
    const things = tableWords(table.name).map(singular);
    const owned = (heads?.split('|') ?? []).flatMap((head) =>
      things.map((thing) => `${thing} ${head}`),
    );
    // `recovery rate of fines`.
    const noun = withoutUnit(wordsOf(second.name)).join(' ');
    const rates = sign === '/' ? names.split('|').map((text) => `${text} of ${noun}`) : [];
    return [...names.split('|'), ...owned, ...rates].flatMap((text) => {
      if (figure === undefined || found.has(text)) return [];
      found.add(text);
      return naming(text, { ...figure, cost: COST.synonym }, COST.synonym);
    });
  });
}

/** `profit` for the one column of what is earned or lost. */
export function saidOfProfit(table: Table): Naming[] {
  const column = soleOf(table.columns.filter(isNumber), PNL);
  if (column === undefined) return [];
  const meant = { kind: 'column', table: table.name, column: column.name } as const;
  return ['profit', 'profit or loss', 'profit and loss', 'result', 'gain or loss'].map((text) =>
    naming(text, { ...meant, cost: COST.synonym }),
  );
}

/** The one column that is called so; undefined where there is none, or several. */
function soleOf(columns: readonly Column[], pattern: RegExp): Column | undefined {
  const [only, ...others] = columns.filter(({ name }) =>
    pattern.test(withoutUnit(wordsOf(name)).join(' ')),
  );
  return others.length === 0 ? only : undefined;
}
