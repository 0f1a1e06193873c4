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

/** How a code is written: `P000` for P017. */
function shapeOf(code: string): string {
  return code.replaceAll(/\d/g, '0');
}

/** Keys of one column each; none of a table to itself. */
export function toldKeys(schema: Schema): Link[] {
  const targets = targetsByName(schema);
  const short = targetsByShortName(schema);
  return schema.tables.flatMap((table) =>
    table.columns.flatMap((column): Link[] => {
      const name = flatName(column.name);
      const target =
        targets.get(name)?.find((one) => one.table !== table) ??
        short.get(name)?.find((one) => isSameCode(table, column, one));
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

/** `customer_id` for the `id` of `customers`, as for their `customer_id`; undefined for what is named by chance. */
function nameElsewhere(thing: string, key: string): string | undefined {
  if (BARE_KEY.test(key)) return `${thing}${key}`;
  const isLong =
    key.length > SHORT_NAME || ID_OF.test(key) || NUMBER_OF_PERSON.test(key) || WORLDWIDE.test(key);
  return key.startsWith(thing) || isLong ? key : undefined;
}
