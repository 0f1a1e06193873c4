/**
 * Categories: the texts of columns with few distinct ones (an industry, a status), by the stems of
 * their words. Kept in the side file beside the spellings.
 */
import type { Database } from '../../database/sqlite.ts';
import type { Place } from './lookup.ts';
import { porterStems } from './porter.ts';
import { runsOf } from './units.ts';

/** A column with more distinct texts than this holds names, not categories. */
const MOST_CATEGORIES = 200;
/** Words that a value may have and a question needn't. */
const CONNECTING: ReadonlySet<string> = new Set(['of', 'and', 'the', 'for', 'in', 'on']);

export interface Category {
  readonly place: Place;
  /** In the order of its words, without connecting ones. */
  readonly stems: readonly string[];
}

export interface CategoryLookup {
  /** Categories with any of the stems, in the order of the schema. */
  withStems(stems: readonly string[]): Category[];
  /** Distinct texts of the column that have all the stems, as a part of all of them. */
  share(place: Place, stems: readonly string[]): { readonly having: number; readonly all: number };
}

const CATEGORICAL = `full = 1 and held <= ${MOST_CATEGORIES}`;

export function isConnecting(word: string): boolean {
  return CONNECTING.has(word);
}

/** Brings the stems up to date with the texts held. */
export function refreshCategories(store: Database): void {
  const wanted = `select distinct spelling from held join place on place.id = held.place where ${CATEGORICAL}`;
  store.prepare(`delete from stem where spelling not in (${wanted})`).run();
  const fresh = store
    .prepare<[], { id: number; key: string }>(
      `select id, key from spelling where key <> '' and id in (${wanted}) and id not in (select spelling from stem)`,
    )
    .all();
  const texts = fresh.map(({ key }) => runsOf(key).filter((word) => !isConnecting(word)));
  const words = [...new Set(texts.flat())];
  const stemmed = porterStems(words);
  const stemOf = new Map(words.map((word, index) => [word, stemmed[index] ?? word]));
  const add = store.prepare('insert into stem values (?, ?, ?)');
  for (const [index, { id }] of fresh.entries()) {
    for (const [at, word] of (texts[index] ?? []).entries()) add.run(id, at, stemOf.get(word));
  }
}

export function openCategories(store: Database): CategoryLookup {
  const withStems = store.prepare<[string], Place & { readonly stems: string }>(
    `select tab as "table", col as "column", value,
       (select json_group_array(term) from (select term from stem where spelling = spelling.id order by at)) as stems
     from spelling join held on held.spelling = spelling.id join place on place.id = held.place
     where ${CATEGORICAL} and spelling.id in (
       select spelling from stem where term in (select value from json_each(?)))
     order by place.position, held.rank`,
  );
  const count = store.prepare<[string, number, string, string], { having: number; all: number }>(
    `select sum((select count(distinct term) from stem
         where stem.spelling = held.spelling and term in (select value from json_each(?))) = ?) as "having",
       count(*) as "all"
     from held join place on place.id = held.place where tab = ? and col = ?`,
  );
  return {
    withStems: (stems) =>
      stems.length === 0
        ? []
        : withStems
            .all(JSON.stringify(stems))
            .map(({ stems: list, ...place }) => ({ place, stems: JSON.parse(list) as string[] })),
    share({ table, column }, stems) {
      const set = [...new Set(stems)];
      return count.get(JSON.stringify(set), set.length, table, column) ?? { having: 0, all: 0 };
    },
  };
}
