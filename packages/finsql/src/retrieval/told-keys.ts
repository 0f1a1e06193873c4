/** Keys that nobody declared, as the names of columns tell them: `customer_id` that of `customers`. */
import { type Column, fold, type Schema, type Table } from '../schema/schema.ts';
import { flatName, keyOf, NUMBER_OF_PERSON } from '../schema/table-keys.ts';
import type { Link } from './context.ts';

/** Columns of so short a name, as `code`, may share it by chance. */
const SHORT_NAME = 4;
/** `po_id`, `br_cd` and `jj_dm`, a 代码 in Pinyin, are keys of something, however short. */
const ID_OF = /^..+(?:id|cd|no|dm|bm|bh)$/;
/** Codes that are given once in the world: of one thing wherever they stand. */
const WORLDWIDE = /^(?:isbn|issn|isin|sku|vin|ean|upc|cusip|imei)$/;
/** What the key of a table is called by itself, and elsewhere behind the name of the table. */
const BARE_KEY = /^(?:id|code|no|编号|代码)$/;

/** Of a short name two columns are one key where they hold the same codes: `pid` of people and of what they paid. */
function isSameCode(table: Table, column: Column, target: Target): boolean {
  const key = target.table.columns.find(({ name }) => name === target.key);
  if (key?.kind !== 'text' || column.kind !== 'text' || key.primaryKey !== true) return false;
  const known = new Set(key.samples);
  const shared = column.samples.filter((one) => known.has(one));
  const shapes = new Set(key.samples.map(shapeOf));
  const areAlike = column.samples.every((one) => /\p{L}/u.test(one) && shapes.has(shapeOf(one)));
  const isShared = shared.length * 2 > column.samples.length;
  return table !== target.table && (isShared || (areAlike && column.samples.length > 0));
}

/** Of a name that tells the table two columns are one key where they hold numbers, or codes of one form: 所属机构 may hold names as well. */
function isWrittenAlike(table: Table, column: Column, target: Target): boolean {
  const key = target.table.columns.find(({ name }) => name === target.key);
  if (key === undefined || key.kind !== column.kind || table === target.table) return false;
  if (key.kind !== 'text') return key.kind === 'integer';
  const shapes = new Set(key.samples.map(shapeOf));
  return column.samples.length > 0 && column.samples.every((one) => shapes.has(shapeOf(one)));
}

/** How a code is written: `P000` for P017. */
function shapeOf(code: string): string {
  return code.replaceAll(/\d/g, '0');
}

/** Keys of one column each, 代理人工号 and 所属机构 among them; none of a table to itself. */
export function toldKeys(schema: Schema): Link[] {
  const targets = targetsByName(schema);
  const short = targetsByShortName(schema);
  const called = targetsByTable(schema);
  return schema.tables.flatMap((table) =>
    table.columns.flatMap((column): Link[] => {
      const name = flatName(column.name);
      const target =
        targets.get(name)?.find((one) => one.table !== table) ??
        short.get(name)?.find((one) => isSameCode(table, column, one)) ??
        called
          .get(column.name.replace(BELONGS, ''))
          ?.find((one) => isWrittenAlike(table, column, one));
      if (target === undefined) return [];
      return [
        {
          table: fold(table.name),
          column: fold(column.name),
          target: fold(target.table.name),
          targetColumn: fold(target.key),
        },
      ];
    }),
  );
}

interface Target {
  readonly table: Table;
  readonly key: string;
}

/** Tables with a key of one column, by what columns that refer to it are called. */
function targetsByName({ tables }: Schema): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>();
  for (const table of tables) {
    const key = keyOf(table);
    if (key === undefined) continue;
    const name = nameElsewhere(flatName(table.name), flatName(key));
    if (name === undefined) continue;
    found.set(name, [...(found.get(name) ?? []), { table, key }]);
  }
  return found;
}

/** Tables by keys of too short a name to tell what they are of. */
function targetsByShortName({ tables }: Schema): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>();
  for (const table of tables) {
    const key = keyOf(table);
    if (key === undefined || nameElsewhere(flatName(table.name), flatName(key)) === flatName(key))
      continue;
    found.set(flatName(key), [...(found.get(flatName(key)) ?? []), { table, key }]);
  }
  return new Map([...found].filter(([, all]) => all.length === 1));
}

/** What stands before the table whose rows others are of: 所属机构, 所在部门. */
const BELONGS = /^(?:所属|所在|归属)(?:的)?(?=..)/u;

/** Tables with Chinese names, by those names and with their key behind them: 机构, 代理人工号. */
function targetsByTable({ tables }: Schema): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>();
  for (const table of tables) {
    const key = keyOf(table);
    const thing = table.name.replace(/(?:基本)?(?:信息|资料)?表$|信息$|资料$/u, '');
    if (key === undefined || !/^\p{Script=Han}{2,}$/u.test(thing)) continue;
    for (const name of new Set([thing, `${thing}${key}`, overlapping(thing, key)]))
      found.set(name, [...(found.get(name) ?? []), { table, key }]);
  }
  return found;
}

/** 存放地点编号 for the 地点编号 of 存放地点: what both have is said once. */
function overlapping(thing: string, key: string): string {
  const starts = [...thing].map((_, at) => thing.slice(at)).filter((end) => end.length > 1);
  const shared = starts.find((end) => key.startsWith(end)) ?? '';
  return `${thing}${key.slice(shared.length)}`;
}

/** `customer_id` for the `id` of `customers`, as for their `customer_id`; undefined for what is named by chance. */
function nameElsewhere(thing: string, key: string): string | undefined {
  if (BARE_KEY.test(key)) return `${thing}${key}`;
  const isLong =
    key.length > SHORT_NAME || ID_OF.test(key) || NUMBER_OF_PERSON.test(key) || WORLDWIDE.test(key);
  return key.startsWith(thing) || isLong ? key : undefined;
}
