import { tokenizeSql } from '../sql/tokenize.ts';
import { callsIn } from './calls.ts';
import type { Rule } from './rule.ts';

const part =
  (format: string) =>
  ([date]: readonly string[]) =>
    date === undefined ? undefined : `cast(strftime('${format}', ${date}) as integer)`;
const quarter = ([date]: readonly string[]) =>
  date === undefined ? undefined : `((cast(strftime('%m', ${date}) as integer) + 2) / 3)`;
const PARTS: Readonly<Record<string, (args: readonly string[]) => string | undefined>> = {
  year: part('%Y'),
  month: part('%m'),
  day: part('%d'),
  dayofmonth: part('%d'),
  hour: part('%H'),
  quarter,
};
const renamed = (name: string) => (args: readonly string[]) => `${name}(${args.join(', ')})`;

/** Calls that MySQL, PostgreSQL, SQL Server or Oracle know and SQLite does not. */
const FUNCTIONS: Readonly<Record<string, (args: readonly string[]) => string | undefined>> = {
  ...PARTS,
  date_format: ([date, format]) => formatted(date, format, MYSQL),
  to_char: ([date, format]) => formatted(date, format, ORACLE),
  extract: ([from = '']) => {
    const [, field = '', date = ''] = /^(\w+)\s+from\s+([\s\S]+)$/i.exec(from) ?? [];
    return PARTS[field.toLowerCase()]?.([date]);
  },
  date_part: ([field = '', date = '']) => PARTS[field.replaceAll("'", '').toLowerCase()]?.([date]),
  datepart: ([field = '', date = '']) => PARTS[field.toLowerCase()]?.([date]),
  now: () => "datetime('now')",
  getdate: () => "datetime('now')",
  sysdate: () => "datetime('now')",
  curdate: () => "date('now')",
  today: () => "date('now')",
  to_date: ([date]) => (date === undefined ? undefined : `date(${date})`),
  datediff: (args) => {
    const [a, b] = args;
    return args.length === 2 ? `cast(julianday(${a}) - julianday(${b}) as integer)` : undefined;
  },
  concat: (args) => (args.length < 2 ? undefined : `(${args.join(' || ')})`),
  nvl: renamed('ifnull'),
  isnull: (args) => (args.length === 2 ? renamed('ifnull')(args) : undefined),
  if: (args) => (args.length === 3 ? renamed('iif')(args) : undefined),
  left: ([text, count]) => (count === undefined ? undefined : `substr(${text}, 1, ${count})`),
  right: ([text, count]) => (count === undefined ? undefined : `substr(${text}, -${count})`),
  mid: renamed('substr'),
  len: renamed('length'),
  char_length: renamed('length'),
  ucase: renamed('upper'),
  lcase: renamed('lower'),
  locate: ([part_, text]) => (text === undefined ? undefined : `instr(${text}, ${part_})`),
  position: ([inside = '']) => {
    const [, what, text] = /^([\s\S]+?)\s+in\s+([\s\S]+)$/i.exec(inside) ?? [];
    return text === undefined ? undefined : `instr(${text}, ${what})`;
  },
  string_agg: renamed('group_concat'),
  rand: () => 'random()',
  truncate: ([number]) => (number === undefined ? undefined : `cast(${number} as integer)`),
};

const MYSQL: readonly (readonly [RegExp, string])[] = [
  [/%i/g, '%M'],
  [/%s/g, '%S'],
  [/%e/g, '%d'],
  [/%c/g, '%m'],
];
const ORACLE: readonly (readonly [RegExp, string])[] = [
  [/YYYY/gi, '%Y'],
  [/MM/gi, '%m'],
  [/DD/gi, '%d'],
  [/HH24/gi, '%H'],
  [/MI/gi, '%M'],
];

/** Calls that are translated one after the other, however deep they stand. */
const MOST = 50;

export const translateFunctions: Rule = {
  name: 'translate-functions',
  summary:
    'Functions of MySQL, PostgreSQL, SQL Server and Oracle become what SQLite has for them; ilike becomes like.',
  apply(sql) {
    let text = likeWithoutCase(sql);
    for (let count = 0; count < MOST; count++) {
      const next = translateOne(text);
      if (next === undefined) break;
      text = next;
    }
    return text;
  },
};

function translateOne(sql: string): string | undefined {
  for (const { name, args, start, end } of callsIn(sql, tokenizeSql(sql))) {
    if (sql[start - 1] === '.') continue;
    const translate = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    const text = translate?.(args);
    if (text !== undefined) return sql.slice(0, start) + text + sql.slice(end);
  }
  return undefined;
}

function formatted(
  date: string | undefined,
  format: string | undefined,
  words: readonly (readonly [RegExp, string])[],
): string | undefined {
  if (date === undefined || format === undefined || !/^'.*'$/.test(format)) return undefined;
  const translated = words.reduce((text, [word, by]) => text.replace(word, by), format);
  return `strftime(${translated}, ${date})`;
}

/** LIKE of SQLite ignores case by itself. */
function likeWithoutCase(sql: string): string {
  const tokens = tokenizeSql(sql).filter(({ text }) => text.toLowerCase() === 'ilike');
  return tokens.reduceRight(
    (text, { start }) => `${text.slice(0, start)}like${text.slice(start + 5)}`,
    sql,
  );
}
