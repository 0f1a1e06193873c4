/** What figures are in: the units of columns, as their comments or names have them. */
import type { Language } from '../language.ts';
import { hasHan } from '../retrieval/words.ts';
import { type Column, findColumn, findTable, fold, type Schema } from '../schema/schema.ts';
import type { Expression, From, Select } from './ast.ts';

/** A column that is shown, and its unit. */
export interface Unit {
  readonly column: string;
  readonly unit: string;
}

const CURRENCIES = Intl.supportedValuesOf('currency').join('|');
const SIZES = '(?:hundreds?|thousands?|millions?|billions?|trillions?)';
/** `yearly pay in thousand CNY`, `fee in percent a year`, at the end of a comment or of a part of it. */
const ENGLISH = new RegExp(
  `\\bin (${SIZES}(?: of)?(?: (?:${CURRENCIES}|yuan|dollars|euros|shares|units))?|(?:${CURRENCIES}|yuan|dollars|euros|cents|percent|percentage points|basis points)(?: (?:a|per) (?:year|month|quarter|day))?)(?=$|[,.;:()])`,
);
/** 年薪（千元）. */
const CHINESE =
  /[（(]((?:[十百千万亿]*(?:美元|港元|欧元|日元|元|股|份|手|人|户|家)|[%％‰]|百分比|百分点|基点|分)(?:\/[年月季日])?)[）)]/u;
const SUFFIX = new RegExp(`_(cents|pct|percent|bps|${CURRENCIES.toLowerCase()})$`, 'i');
const BY_SUFFIX: Readonly<Record<string, string>> = { pct: 'percent', bps: 'basis points' };
const IN_CHINESE: readonly (readonly [RegExp, string])[] = [
  [/thousands?(?: of)?/, '千'],
  [/millions?(?: of)?/, '百万'],
  [/billions?(?: of)?/, '十亿'],
  [/trillions?(?: of)?/, '万亿'],
  [/hundreds?(?: of)?/, '百'],
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
};

/** Units of the columns that a SELECT shows as they are, summed up or averaged. */
export function unitsShown(
  { columns, from }: Select,
  schema: Schema,
  language: Language,
): readonly Unit[] {
  const found = new Map<string, Unit>();
  for (const { expr } of columns) {
    const shown = columnIn(expr);
    const column = shown && columnOf(shown, from ?? [], schema);
    const unit = column && unitOf(column, language);
    if (column && unit !== undefined) found.set(column.name, { column: column.name, unit });
  }
  return [...found.values()];
}

/** The unit of a column in words of a language; undefined where neither comment nor name has one. */
export function unitOf(
  { name, comment }: Pick<Column, 'name' | 'comment'>,
  language: Language,
): string | undefined {
  const parts = comment.split('|').map((part) => part.trim());
  const english = parts.map((part) => ENGLISH.exec(part)?.[1]).find(Boolean);
  const chinese = parts
    .filter(hasHan)
    .map((part) => CHINESE.exec(part)?.[1])
    .find(Boolean);
  const suffix = SUFFIX.exec(name)?.[1]?.toLowerCase();
  const named =
    suffix && (BY_SUFFIX[suffix] ?? (/^[a-z]{3}$/.test(suffix) ? suffix.toUpperCase() : suffix));
  if (language === 'en') return english ?? chinese ?? named;
  const said = english ?? named;
  return chinese ?? (said && inChinese(said));
}

function inChinese(unit: string): string {
  const [, amount = unit, period = ''] = /^(.*) (?:a|per) (\w+)$/.exec(unit) ?? [];
  const said = IN_CHINESE.reduce((text, [en, zh]) => text.replace(en, zh), amount);
  return `${PERIODS[period] ?? ''}${said}`;
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

function columnOf(
  { table, column }: Extract<Expression, { type: 'column_ref' }>,
  from: readonly From[],
  schema: Schema,
): Column | undefined {
  const named = from.filter(
    (entry) => table === null || fold(entry.as ?? entry.table ?? '') === fold(table),
  );
  const owners = named.flatMap(({ table: name }) => {
    const owner = name === undefined ? undefined : findTable(schema, name);
    return owner === undefined ? [] : [findColumn(owner, column)];
  });
  return owners.find((owner) => owner !== undefined);
}
