/** How people say the tables and columns of a schema: by name, by comment, in other words, in part. */
import type { Link } from '../retrieval/context.ts';
import { hasHan, nameWords, words } from '../retrieval/words.ts';
import { type Column, fold, type Schema, type Table } from '../schema/schema.ts';
import type { Meaning } from './phrase.ts';
import { phraseKey, singular } from './units.ts';

/** What a name costs that is said in full, in other words, or in part. */
export const COST = { full: 0, synonym: 1, key: 2, part: 3 } as const;

/** Words that mean one another in names of business data. */
const SYNONYMS: readonly (readonly string[])[] = `
employee staff worker headcount
customer client buyer
salary pay wage compensation earnings
price cost
amount value sum
revenue sales turnover
profit income earnings
company firm business
supplier vendor
invoice bill
product item article
country nation
city town
date day
fee charge
rate percent
quantity volume units
department division
category type kind
employee_count employees workforce
borrower debtor
payment instalment
phone telephone
email mail
birthday birth dob
gender sex
headquarters office
region area
transaction trade
portfolio account
manager boss
balance
premium
claim
hire hired joined
founded established
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

const GROUPS = new Map<string, Set<string>>();
for (const group of SYNONYMS) {
  for (const word of group) {
    const others = GROUPS.get(singular(word)) ?? new Set();
    for (const other of group) if (other !== word) others.add(singular(other));
    GROUPS.set(singular(word), others);
  }
}

/** How names are shortened. */
const SHORT: ReadonlyMap<string, string> = new Map(
  `nm name|fname first name|lname last name|qty quantity|amt amount|dt date|num number|nbr number|no number|desc description|descr description
addr address|dept department|emp employee|cust customer|acct account|acc account|sal salary|bal balance|pct percent|perc percent
txn transaction|trx transaction|tx transaction|prod product|curr currency|ccy currency|cat category|mgr manager|dob date of birth
tel telephone|int interest|prin principal|pmt payment|inv invoice|ord order|org organization|loc location|lang language
dflt default|brw borrower|ph policyholder|pol policy|clm claim|yr year|mo month|mth month|max maximum|min minimum|avg average
rev revenue|exp expense|emps employees|cnt count|sec security|port portfolio|px price|val value|mkt market|cap capitalization
hq headquarters|ind industry|co company|corp corporation|div division|addr address|pos position|stat status|typ type|prem premium`
    .split(/[|\n]/)
    .map((pair) => {
      const [short = '', ...long] = pair.trim().split(' ');
      return [short, long.join(' ')];
    }),
);

/** The words of a name, shortened ones in full. */
function wordsOf(name: string): string[] {
  return nameWords(name).flatMap((word) => (SHORT.get(word) ?? word).split(' '));
}

/** Words of names that tell nothing by themselves. */
const EMPTY = new Set(
  'id name code number no date the of key type value total tbl dim fact t is has flag'
    .split(' ')
    .map(singular),
);

/** Keys of phrases with what they mean. */
export type Dictionary = ReadonlyMap<string, readonly Meaning[]>;

/** The phrases that name something of a schema. */
export function schemaPhrases(schema: Schema, links: readonly Link[]): Dictionary {
  const found = new Map<string, Meaning[]>();
  const add = (text: string, meaning: Meaning) => {
    const key = phraseKey(text);
    if (key === '') return;
    const known = found.get(key) ?? [];
    const same = known.findIndex((other) => isSame(other, meaning));
    if (same < 0) known.push(meaning);
    else if ((known[same]?.cost ?? 0) > meaning.cost) known[same] = meaning;
    found.set(key, known);
  };
  for (const table of schema.tables) {
    for (const [text, cost] of tableNames(table))
      add(text, { kind: 'table', table: table.name, cost });
    for (const column of table.columns) {
      const place = { table: table.name, column: column.name };
      const isKey = links.some(
        (link) => link.table === fold(table.name) && link.column === fold(column.name),
      );
      const asFlag = (flagOf(column) === undefined ? 0 : COST.part) + (isKey ? COST.key : 0);
      for (const [text, cost] of columnNames(table, column)) {
        add(text, { kind: 'column', ...place, cost: cost + asFlag });
      }
      for (const [text, cost] of flagNames(column)) add(text, { kind: 'flag', ...place, cost });
    }
  }
  return found;
}

function isSame(a: Meaning, b: Meaning): boolean {
  if (a.kind !== b.kind || !('table' in a) || !('table' in b) || a.table !== b.table) return false;
  return 'column' in a && 'column' in b ? a.column === b.column : a.kind === 'table';
}

type Named = readonly [text: string, cost: number];

function tableNames({ name, comment }: Table): Named[] {
  if (hasHan(name)) {
    const bare = name.replace(/(?:信息)?表$|信息$|记录$|明细$/u, '');
    return [name, bare, ...partsOf(comment)]
      .filter((text) => text !== '')
      .map((text): Named => [text, COST.full]);
  }
  const own = wordsOf(name).filter((word, at) => at > 0 || !/^(?:tbl|dim|fact|t|tb)$/.test(word));
  const said = partsOf(comment);
  return [
    [own.join(' '), COST.full],
    ...said.map((text): Named => [text, COST.full]),
    ...synonymsOf(own).map((text): Named => [text, COST.synonym]),
  ];
}

function columnNames(table: Table, column: Column): Named[] {
  if (hasHan(column.name)) return hanNames(table, column);
  const own = wordsOf(column.name);
  const of = new Set(wordsOf(table.name).map(singular));
  const rest = own.filter((word) => !of.has(singular(word)));
  const said = partsOf(column.comment);
  const bare = rest.length > 0 && rest.length < own.length ? [rest] : [];
  const telling = own.filter(
    (word) => !EMPTY.has(singular(word)) && !of.has(singular(word)) && word.length > 2,
  );
  const parts: string[][] = [];
  // net_profit_margin: margin, profit margin, net profit.
  for (let size = 1; size < own.length; size++) {
    for (let at = 0; at + size <= own.length; at++) {
      const part = own.slice(at, at + size);
      if (part.some((word) => telling.includes(word))) parts.push(part);
    }
  }
  return [
    [own.join(' '), COST.full],
    [nameWords(column.name).join(' '), COST.full],
    ...said.map((text): Named => [text, COST.full]),
    ...bare.map((words): Named => [words.join(' '), COST.full]),
    ...[own, ...bare].flatMap(synonymsOf).map((text): Named => [text, COST.synonym]),
    ...parts.map((part): Named => [part.join(' '), COST.part]),
    ...parts.flatMap(synonymsOf).map((text): Named => [text, COST.part + COST.synonym]),
  ];
}

/** Two words of which a column of yes and no holds the first where it is so. */
const FLAGS = [
  ['1', '0'],
  ['T', 'F'],
  ['Y', 'N'],
  ['yes', 'no'],
  ['true', 'false'],
] as const;

/** What a column of yes and no holds where it is so, and where not; undefined for other columns. */
export function flagOf({
  kind,
  samples,
  type,
}: Column): readonly [string | number, string | number] | undefined {
  if (kind === 'boolean' && samples.every((sample) => /^[01]$/.test(sample))) return [1, 0];
  const pair = FLAGS.find(
    ([yes, no]) =>
      samples.length > 0 &&
      samples.length <= 2 &&
      samples.every((sample) =>
        [yes, no].some((one) => one.toLowerCase() === sample.toLowerCase()),
      ),
  );
  if (pair === undefined) return undefined;
  if (pair[0] === '1') return samples.length === 2 && !/char|text/i.test(type) ? [1, 0] : undefined;
  const [yes, no] = pair.map(
    (one) => samples.find((sample) => sample.toLowerCase() === one.toLowerCase()) ?? one,
  );
  return [yes ?? pair[0], no ?? pair[1]];
}

/** A Chinese name, without what its table is called, without the word for its kind, or the end of it. */
function hanNames(table: Table, { name, comment }: Column): Named[] {
  const thing = table.name.replace(/(?:信息)?表$|信息$|记录$|明细$/u, '');
  const bare =
    name.startsWith(thing) && name.length > thing.length + 1 ? name.slice(thing.length) : name;
  const kind =
    /(?:名称|姓名|金额|日期|时间|编号|代码|数量|状态|类型|类别|方式|比例|率)$/u.exec(name)?.[0] ??
    '';
  const stemmed = name.slice(0, name.length - kind.length);
  const ends = [name.slice(-2), bare.slice(-3)].filter((text) => text.length >= 2 && text !== name);
  return [
    ...[name, bare, ...partsOf(comment)].map((text): Named => [text, COST.full]),
    ...(stemmed.length >= 2 && stemmed !== thing ? [[stemmed, COST.synonym] as const] : []),
    ...ends.map((text): Named => [text, COST.part]),
  ];
}

function flagNames(column: Column): Named[] {
  const { name, comment } = column;
  if (flagOf(column) === undefined) return [];
  const own = wordsOf(name).filter((word, at) => at > 0 || !/^(?:is|has|was|flag)$/.test(word));
  return [
    [own.join(' '), COST.full],
    ...partsOf(comment).map(
      (text): Named => [text.replace(/^(?:whether|is|are|是否)\s*/i, ''), COST.full],
    ),
  ];
}

/** The pieces of a comment that may be said in place of the name. */
function partsOf(comment: string): string[] {
  return comment
    .split(/[|,;，；、·]/)
    .map((part) =>
      part
        .replace(/[（(].*?[)）]/g, '')
        .replace(/ in (?:[a-z]+ )?[A-Z]{3}\b.*$/, '')
        .trim(),
    )
    .filter((part) =>
      hasHan(part) ? [...part].length >= 2 : words(part).length > 0 && words(part).length <= 4,
    );
}

/** Names with one word replaced. */
function synonymsOf(own: readonly string[]): string[] {
  return own.flatMap((word, at) =>
    [...(GROUPS.get(singular(word)) ?? [])].map((other) =>
      [...own.slice(0, at), other, ...own.slice(at + 1)].join(' '),
    ),
  );
}

/** The column that a row of a table is called by; two for a person; none: undefined. */
export function labelsOf(table: Table, chinese: boolean): readonly string[] {
  const names = new Map(table.columns.map((column) => [fold(column.name), column]));
  const flat = (text: string) => wordsOf(text).map(singular).join('');
  const thing = flat(table.name);
  const first = table.columns.find(({ name }) => /^(?:first|given|f)_?(?:name|nm)$/i.test(name));
  const last = table.columns.find(({ name }) =>
    /^(?:(?:last|family|l)_?(?:name|nm)|surname)$/i.test(name),
  );
  const isLabel = (name: string, ending: string) => {
    const own = flat(name);
    return own === ending || own === `${thing}${ending}`;
  };
  const texts = table.columns.filter(({ kind, name }) => kind === 'text' && !/_?id$/i.test(name));
  const found =
    texts.find(
      ({ name }) =>
        isLabel(name, singular('name')) || isLabel(name, singular('full') + singular('name')),
    ) ??
    (first !== undefined && last !== undefined ? first : undefined) ??
    texts.find(({ name }) => isLabel(name, singular('title'))) ??
    texts.find(({ name }) => flat(name) === thing) ??
    texts.find(({ name }) => name === '名称' || name === '姓名') ??
    texts.find(({ name }) =>
      /^(?:名称|姓名)$/.test(name.replace(table.name.replace(/表$|信息$/u, ''), '')),
    ) ??
    texts.find(({ name }) => /name$|名称$|姓名$|名$/i.test(name)) ??
    texts.find(({ name }) => /title$|标题$/i.test(name)) ??
    table.columns.find(
      ({ name }) => /(?:number|no|code|编号|号)$/i.test(name) && kindOfLabel(name),
    );
  if (found === undefined) return [];
  if (found === first && last !== undefined) return [found.name, last.name];
  const translated = chinese
    ? (names.get(`${fold(found.name)}_cn`) ?? names.get(`${fold(found.name)}_zh`))
    : undefined;
  return [(translated ?? found).name];
}

function kindOfLabel(name: string): boolean {
  return !/phone|tel|account/i.test(name);
}
