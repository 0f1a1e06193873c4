/** The column that people call a row by. */
import { hasHan, singular } from '../../retrieval/words.ts';
import { type Column, fold, type Table } from '../../schema/schema.ts';
import { phraseKey } from '../words/units.ts';
import { calledBy } from './comment-parts.ts';
import { tableWords, wordsOf } from './name-words.ts';

/** The names of the columns that tell a row of a table: two for a person's, none where nothing tells it. */
export function labelsOf(table: Table, chinese: boolean): readonly string[] {
  const [first, last] = personNames(table);
  const found =
    labelOf(table, last === undefined ? undefined : (first ?? last)) ??
    (chinese ? codeOf(table) : undefined);
  if (found === undefined) return [];
  if (found === first && last !== undefined) return [found.name, last.name];
  const translated = chinese ? translationOf(table, found) : undefined;
  return [(translated ?? found).name];
}

/** A code that is the key, where nothing else tells a row. */
function codeOf({ columns }: Table): Column | undefined {
  const [key, ...more] = columns.filter(({ primaryKey }) => primaryKey);
  // trade_id, by its comment 交易流水号.
  const isNumber = key !== undefined && /\p{Script=Han}(?:号|号码|编号)$/u.test(key.comment.trim());
  return (key?.kind === 'text' || isNumber) && more.length === 0 ? key : undefined;
}

function personNames({
  name: table,
  columns,
}: Table): readonly [Column | undefined, Column | undefined] {
  return [
    columns.find(({ name }) =>
      /^(?:(?:first|given|f)_?(?:name|nm)|forename)$/i.test(bareName(name, table)),
    ),
    columns.find(({ name }) =>
      /^(?:(?:last|family|l)_?(?:name|nm)|surname)$/i.test(bareName(name, table)),
    ),
  ];
}

/** Without the name of its table, or the beginning of that: `emp_fname`, `customer_last_name`. */
function bareName(column: string, table: string): string {
  const [first = '', ...rest] = column.split('_');
  return rest.length > 0 && first.length > 2 && fold(table).startsWith(fold(first))
    ? rest.join('_')
    : column;
}

/** The first of the ways to call a row that the table has; a number or code where it has no text for it. */
function labelOf(table: Table, firstName: Column | undefined): Column | undefined {
  const thing = flat(tableWords(table.name));
  const bare = table.name.replace(/表$|信息$/u, '');
  const texts = table.columns.filter(({ kind, name }) => kind === 'text' && !/_?id$/i.test(name));
  const called = (is: (name: string) => boolean) => texts.find(({ name }) => is(name));
  const isThings = (name: string, ending: string) =>
    [ending, `${thing}${ending}`].includes(flat(wordsOf(name)));
  return (
    called((name) => isThings(name, 'name') || isThings(name, 'fullname')) ??
    firstName ??
    called((name) => isThings(name, 'title')) ??
    called((name) => flat(wordsOf(name)) === thing) ??
    called((name) => /^(?:名称|姓名)$/.test(name)) ??
    called((name) => /^(?:名称|姓名)$/.test(name.replace(bare, ''))) ??
    called(
      (name) => isName(name) && !(isOfPeople(name, table) && numberOf(table, bare) !== undefined),
    ) ??
    texts.find(
      (column) =>
        isNamedInComment(column, table) &&
        !(isOfParty(column, table) && (numberOf(table, bare) ?? numberInComment(texts))),
    ) ??
    called((name) => /title$|^label$|标题$/i.test(name)) ??
    called((name) => isDescription(table, name)) ??
    numberOf(table, bare) ??
    numberInComment(texts) ??
    called((name) => /^(?:descr?|description)$/i.test(name)) ??
    called((name) => /^(?:handle|nickname|plate)$/i.test(name))
  );
}

function isName(name: string): boolean {
  return /name$|名$|名称$|简称$/i.test(name) || wordsOf(name).at(-1) === 'name';
}

/** `holder_name` of a policy, 购方名称 of an invoice: whose it is; not `ClientName` of `MarginClients`. */
function isOfPeople(name: string, table: Table): boolean {
  return hasHan(name) ? isOfParty({ name, comment: '' }, table) : isOfEnglishPeople(name, table);
}

/** Those who a deal is made with; 商户名称 tells what a thing is called. */
const PARTY =
  /(?:[买卖购销供需甲乙丙对付收租]方|(?:购买|销售|承租|出租|付款|收款)[方人]|对手)(?:单位)?(?:名称|姓名|简称|名)$/u;

/** 购方名称 of an invoice, not of a table of those who buy. */
function isOfParty(column: Pick<Column, 'name' | 'comment'>, { name, comment }: Table): boolean {
  return calledBy(column).some((called) => {
    const party = PARTY.exec(called)?.[0].replace(/(?:单位)?(?:名称|姓名|简称|名)$/u, '');
    return party !== undefined && !name.includes(party) && !comment.includes(party);
  });
}

function isOfEnglishPeople(name: string, { name: table }: Table): boolean {
  const people = wordsOf(name).slice(0, -1);
  if (people.some((word) => tableWords(table).map(singular).includes(word))) return false;
  return /^(?:(?:policy|account|card)?holder|owner|client|customer|contact|payee|payer|debtor|insured|borrower|buyer|seller)$/.test(
    people.join(''),
  );
}

/** `ITEM_DESC` of the table of items, which have no name. */
function isDescription({ name: table }: Table, column: string): boolean {
  const [thing, last, ...more] = wordsOf(column);
  return last === 'description' && more.length === 0 && tableWords(table)[0] === thing;
}

/** The number or code of a row itself, before those of what it belongs to. */
function numberOf({ name: table, columns, foreignKeys }: Table, bare: string): Column | undefined {
  const isOthers = (column: string) =>
    foreignKeys.some((key) => fold(key.column) === fold(column) && fold(key.table) !== fold(table));
  const numbers = columns.filter(
    ({ name }) =>
      (/(?:number|no|code|编号|号码?)$/i.test(name) && !/phone|tel|电话|手机/i.test(name)) ||
      isTag(columns, name),
  );
  // Rates of a currency day by day: its code calls none of them.
  const areTimes = columns.some(({ primaryKey, kind }) => primaryKey && kind === 'date');
  const own = numbers.filter(
    ({ name, primaryKey }) =>
      (primaryKey && !(areTimes && isOthers(name))) ||
      (!isOthers(name) &&
        (flat(wordsOf(name)).startsWith(flat(tableWords(table))) || name.startsWith(bare))),
  );
  // A number of something else stands behind the key, where nobody declared it.
  const others = numbers.filter(
    (one) =>
      !isOthers(one.name) &&
      !/account/i.test(one.name) &&
      !isKindBesideKey(one, columns) &&
      (one === columns[0] || one.kind === 'text'),
  );
  return own[0] ?? others[0];
}

/** `AssetTag`: the key that is put on each thing itself. */
function isTag(columns: readonly Column[], column: string): boolean {
  return columns.some(
    ({ name, kind, primaryKey }) =>
      name === column && kind === 'text' && primaryKey && wordsOf(name).at(-1) === 'tag',
  );
}

/** `tariff_code` of rows with a key of their own: it tells their kind. */
function isKindBesideKey(one: Column, columns: readonly Column[]): boolean {
  const isKept = one.primaryKey || one === columns[0] || /^code$/i.test(one.name);
  return !isKept && /code$/i.test(one.name) && columns.some(({ primaryKey }) => primaryKey);
}

/** `name_cn` beside `name`. */
export function translationOf({ columns }: Table, { name }: Column): Column | undefined {
  const named = (ending: string) => columns.find((one) => fold(one.name) === fold(name) + ending);
  return named('_cn') ?? named('_zh');
}

function flat(words: readonly string[]): string {
  return phraseKey(words.join(' ')).replaceAll(' ', '');
}

/** Where names tell nothing, `cp_mc TEXT -- 产品名称`, the comment may say that it is the name; 业主姓名 is none of 房源. */
function isNamedInComment({ comment, primaryKey }: Column, { comment: ofTable }: Table): boolean {
  const said = comment.trim();
  const person = /^(\p{Script=Han}*)姓名(?:或单位|或名称)?$/u.exec(said)?.[1];
  if (primaryKey) return false;
  if (person !== undefined) return !hasHan(ofTable) || isOfThing(person, ofTable);
  return /^(?:full )?name$|^[\p{L} ]{1,20} name$|(?:名称|简称)$/iu.test(said);
}

/** Whether two Chinese texts have a pair of characters, or what is left of the shorter, in common. */
function isOfThing(text: string, of: string): boolean {
  const pairs = [...text].slice(1).map((_, at) => text.slice(at, at + 2));
  return text.length < 2 || pairs.some((pair) => of.includes(pair));
}

/** `dan_hao TEXT PRIMARY KEY -- 采购单号`, `fanghao TEXT -- 房号`. */
function numberInComment(texts: readonly Column[]): Column | undefined {
  const isNumber = ({ comment }: Column) =>
    /^\p{Script=Han}+(?:号|号码|编号)$/u.test(comment.trim());
  const key = texts.find(({ primaryKey }) => primaryKey);
  if (key !== undefined) return isNumber(key) ? key : undefined;
  return texts.find((one) => isNumber(one) && one.comment.trim().length === 2);
}
