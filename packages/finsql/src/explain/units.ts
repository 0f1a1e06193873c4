/** What figures are in: the units of columns, as their comments or names have them. */
import type { Language } from '../language.ts';
import { hasHan } from '../retrieval/words.ts';
import type { Column, Schema } from '../schema/schema.ts';
import type { Expression, Select } from './ast.ts';
import { columnsShown } from './column-of.ts';

/** A column that is shown, and its unit. */
export interface Unit {
  readonly column: string;
  readonly unit: string;
}

/** Some codes of currencies are words. */
const CURRENCIES = Intl.supportedValuesOf('currency')
  .filter((code) => !/^(?:ALL|CUP|GEL|MOP|TOP|TRY)$/.test(code))
  .join('|');
const SIZE = '(?:hundreds?|thousands?|millions?|billions?|trillions?)';
const MONEY = `(?:${CURRENCIES}|RMB|yuan|yen|euros|pounds|(?:(?:US|Hong Kong) )?dollars)`;
const PERIOD = '(?: (?:a|per) (?:year|month|quarter|day|share))';
const AMOUNT = `${SIZE}(?: of)?(?: (?:${MONEY}|shares|units))?|${MONEY} ${SIZE}`;
const ENGLISH_UNIT = `${AMOUNT}|(?:${MONEY}|cents|percent|percentage points|basis points)${PERIOD}?|[%％‰]`;
/** `yearly pay in thousand CNY`, `fee in percent a year`, `Revenue (USD million)`; `(USD, EUR)` are values. */
const ENGLISH: readonly RegExp[] = [
  new RegExp(
    `(?<!\\b(?:not|never|no longer) )\\b(?:in|units?:) (${ENGLISH_UNIT})(?=$|[,.;:()，。；：（）])`,
  ),
  new RegExp(`[(（] ?(${ENGLISH_UNIT}) ?[)）]`),
  new RegExp(`[,，] ?(${AMOUNT})$`),
];
const CHINESE_MONEY = '(?:人民币|美元|港元|港币|欧元|日元|英镑|元)';
const CHINESE_UNIT = [
  `(?:人民币)?[十百千万亿]*(?:${CHINESE_MONEY}|[股份手人户家笔只个张])(?:人民币)?(?:[/每](?:[年月季日股份人户手]))?`,
  '[十百千万亿]+',
  '(?:[%％‰]|百分比|百分点|基点|分)(?:/[年月季日])?',
].join('|');
/** What is a unit where a comment has it among others without a word for it: `评估价值, 万元`; currencies may be values. */
const PLAIN_UNIT = '(?:人民币)?[十百千万亿]*元|[十百千万亿]+(?:美元|港元|欧元|[股份手])|[%％]';
/** 年薪（千元）, 规模（单位：万元）, 规模，单位：万元; 万元, 含税. */
const CHINESE: readonly RegExp[] = [
  new RegExp(`[（(] ?(?:单位 ?[:：为] ?)?(${CHINESE_UNIT}) ?[）)]`, 'u'),
  new RegExp(`单位 ?[:：为] ?(${CHINESE_UNIT})(?=$|[ ,，;；。)）])`, 'u'),
  new RegExp(`(?:^|[,，;；] ?)(${PLAIN_UNIT})(?=$|[,，;；。])`, 'u'),
];
/** Of currencies those that names end in; many other codes are words, or short for some: mad, pen, all. */
const IN_NAMES = 'usd|eur|gbp|cny|rmb|jpy|hkd|chf|aud|cad|sgd|nzd|sek|nok|dkk|inr|krw|twd';
const SUFFIX = new RegExp(`(?<!^(?:is|has|was|in))_(cents|pct|percent|bps|${IN_NAMES})$`, 'i');
const BY_SUFFIX: Readonly<Record<string, string>> = { pct: 'percent', bps: 'basis points' };
const IN_CHINESE: readonly (readonly [RegExp, string])[] = [
  [/thousands?(?: of)?/, '千'],
  [/millions?(?: of)?/, '百万'],
  [/billions?(?: of)?/, '十亿'],
  [/trillions?(?: of)?/, '万亿'],
  [/hundreds?(?: of)?/, '百'],
  [/US dollars|(?<!Kong )dollars/, '美元'],
  [/Hong Kong dollars/, '港元'],
  [/RMB/, '人民币'],
  [/yuan/, '元'],
  [/yen/, '日元'],
  [/euros/, '欧元'],
  [/pounds/, '英镑'],
  [/shares/, '股'],
  [/units/, '份'],
  [/percentage points/, '百分点'],
  [/basis points/, '基点'],
  [/percent/, '百分比'],
  [/cents/, '分'],
];
const PERIODS: Readonly<Record<string, string>> = {
  year: '每年',
  quarter: '每季度',
  month: '每月',
  day: '每日',
  share: '每股',
};

/**
 * Units of the columns that a SELECT shows as they are, summed up or averaged.
 * @param nameOf how a column is called
 */
export function unitsShown(
  select: Select,
  schema: Schema,
  language: Language,
  nameOf: (table: string | null, column: string) => string,
): readonly Unit[] {
  return [...columnsShown(select, schema, columnIn, nameOf)].flatMap(([name, column]) => {
    const unit = unitOf(column, language);
    return unit === undefined ? [] : [{ column: name, unit }];
  });
}

/** The unit of a column in words of a language; undefined where neither comment nor name has one. */
export function unitOf(
  { name, comment }: Pick<Column, 'name' | 'comment'>,
  language: Language,
): string | undefined {
  const parts = [...comment.split('|'), name.replaceAll('_', ' ')].map((part) => part.trim());
  const chineseParts = parts.filter(hasHan);
  const english = unitIn([...parts.filter((part) => !hasHan(part)), ...chineseParts], ENGLISH);
  const chinese = unitIn(chineseParts, CHINESE);
  const suffix = SUFFIX.exec(name)?.[1]?.toLowerCase();
  const named =
    suffix && (BY_SUFFIX[suffix] ?? (/^[a-z]{3}$/.test(suffix) ? suffix.toUpperCase() : suffix));
  if (language === 'en') return english ?? chinese ?? named;
  const said = english ?? named;
  return chinese ?? (said && inChinese(said));
}

function unitIn(parts: readonly string[], patterns: readonly RegExp[]): string | undefined {
  return parts
    .flatMap((part) => patterns.map((pattern) => pattern.exec(part)?.[1]))
    .find((unit) => unit !== undefined);
}

function inChinese(unit: string): string {
  const [, amount = unit, period = ''] = /^(.*) (?:a|per) (\w+)$/.exec(unit) ?? [];
  const said = IN_CHINESE.reduce((text, [en, zh]) => text.replace(en, zh), amount);
  return `${PERIODS[period] ?? ''}${said}`.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

const SAME_UNIT = /^(?:SUM|TOTAL|AVG|MIN|MAX)$/;

/** The column of `x`, `sum(x)`, `round(avg(x), 2)`; undefined where figures are in something else. */
function columnIn(expression: Expression): Extract<Expression, { type: 'column_ref' }> | undefined {
  switch (expression.type) {
    case 'column_ref':
      return expression;
    case 'cast':
      return columnIn(expression.expr);
    case 'aggr_func':
      return SAME_UNIT.test(expression.name.toUpperCase())
        ? columnIn(expression.args.expr)
        : undefined;
    case 'function': {
      const [name, ...more] = expression.name.name;
      const [first] = expression.args?.value ?? [];
      const keeps = more.length === 0 && /^(?:round|abs|total)$/i.test(name?.value ?? '');
      return keeps && first ? columnIn(first) : undefined;
    }
    default:
      return undefined;
  }
}
