/** BM25 over names, comments and stored values: the baseline that needs no training at all. */
import { fold } from '../../schema/schema.ts';
import { type Bm25, buildBm25 } from '../bm25.ts';
import type { DatabaseContext } from '../context.ts';
import type { LinkedValue } from '../values.ts';
import { nameWords, stem, stems, words } from '../words.ts';
import { byScore, type Retriever } from './retriever.ts';

interface Shelf {
  readonly names: readonly string[];
  readonly index: Bm25;
}

interface Shelves {
  readonly tables: Shelf;
  readonly columns: Shelf;
}

const prepared = new WeakMap<DatabaseContext, Shelves>();

export const lexical: Retriever = {
  name: 'lexical (BM25)',
  summary: 'words of names and comments, and stored values',
  exemplars: 'never',
  rank(context, question) {
    const shelves = prepared.get(context) ?? prepare(context);
    prepared.set(context, shelves);
    const asked = stems(question);
    const values = context.values.find(question);
    return {
      tables: search(shelves.tables, asked, values, ({ table }) => fold(table)),
      columns: search(shelves.columns, asked, values, ({ table, column }) =>
        fold(`${table}.${column}`),
      ),
    };
  },
};

function prepare({ schema }: DatabaseContext): Shelves {
  const describe = (name: string, comment: string) =>
    [...nameWords(name), ...words(comment)].map(stem);
  const tables: string[] = [];
  const columns: string[] = [];
  const ofTables: string[][] = [];
  const ofColumns: string[][] = [];
  for (const table of schema.tables) {
    const own = describe(table.name, table.comment);
    const each = table.columns.map((column) => describe(column.name, column.comment));
    tables.push(fold(table.name));
    ofTables.push([...own, ...each.flat()]);
    for (const [index, column] of table.columns.entries()) {
      columns.push(fold(`${table.name}.${column.name}`));
      ofColumns.push([...own, ...(each[index] ?? [])]);
    }
  }
  return {
    tables: { names: tables, index: buildBm25(ofTables) },
    columns: { names: columns, index: buildBm25(ofColumns) },
  };
}

/** A stored value is a term of all the places that hold it. */
function search(
  { names, index }: Shelf,
  asked: readonly string[],
  values: readonly LinkedValue[],
  placeOf: (value: LinkedValue) => string,
): string[] {
  const scores = index.scores(asked);
  const total = new Map(names.map((name, at) => [name, scores[at] ?? 0]));
  const holders = new Map<string, Map<string, number>>();
  for (const value of values) {
    const text = value.value.toLowerCase();
    const places = holders.get(text) ?? new Map<string, number>();
    holders.set(text, places.set(placeOf(value), value.similarity));
  }
  for (const places of holders.values()) {
    for (const [place, similarity] of places) {
      total.set(place, (total.get(place) ?? 0) + similarity * index.weight(places.size));
    }
  }
  return byScore(total);
}
