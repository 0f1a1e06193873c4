/** Statements over a value store, prepared once. */
import type { Database } from '../../database/sqlite.ts';
import { fold } from '../../schema/schema.ts';

/** A stored text and a column that holds it. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly value: string;
}

export interface ValueLookup {
  /** Places of the texts with that key, in the order of the schema. */
  byKey(key: string): Place[];
  /** Places of the Chinese texts that begin with these two characters. */
  byPair(pair: string): Place[];
  /** How many texts have the trigram. */
  count(trigram: string): number;
  /** Texts with the most of the trigrams, best first. */
  withTrigrams(trigrams: readonly string[], limit: number): string[];
  /** Places of one text. */
  of(value: string): Place[];
  /** How many digits all texts of a place's column have; undefined where some are no such numbers. */
  digits(place: Place): number | undefined;
}

const PLACES = `select tab as "table", col as "column", value from spelling
  join held on held.spelling = spelling.id join place on place.id = held.place`;
const IN_ORDER = 'order by place.position, held.rank, spelling.id';

export function openLookup(store: Database): ValueLookup {
  const byKey = store.prepare<[string], Place>(`${PLACES} where key = ? and key <> '' ${IN_ORDER}`);
  const byPair = store.prepare<[string], Place>(`${PLACES} where pair = ? ${IN_ORDER}`);
  const of = store.prepare<[string], Place>(`${PLACES} where value = ? ${IN_ORDER}`);
  const count = store.prepare<[string], number>('select doc from trigram_count where term = ?');
  const match = store.prepare<[string, number], string>(
    `select value from spelling where id in
       (select rowid from trigram where trigram match ? order by rank limit ?)`,
  );
  const digits = store.prepare<[string, string], { least: number; most: number; other: number }>(
    `select min(length(value)) as least, max(length(value)) as most, sum(value glob '*[^0-9]*') as other
       from held join spelling on spelling.id = held.spelling join place on place.id = held.place
       where tab = ? and col = ?`,
  );
  return {
    byKey: (key) => byKey.all(key),
    byPair: (pair) => byPair.all(pair),
    of: (value) => of.all(value),
    digits: ({ table, column }) => {
      const found = digits.get(table, column);
      return found?.other === 0 && found.least === found.most ? found.most : undefined;
    },
    count: (trigram) => count.pluck().get(trigram) ?? 0,
    withTrigrams: (trigrams, limit) =>
      match
        .pluck()
        .all(trigrams.map((text) => `"${text.replaceAll('"', '""')}"`).join(' OR '), limit),
  };
}

/** Whether a place lies in that column, whatever the case of the names. */
export function isIn(place: Place, table: string, column: string): boolean {
  return fold(place.table) === fold(table) && fold(place.column) === fold(column);
}
