/** What words say about a schema: stems per table and column, and how telling each stem is. */
import { fold, type Schema, type Table } from '../schema/schema.ts';
import { nameWords, stem, words } from './words.ts';

export interface ColumnLexicon {
  /** Folded name. */
  readonly name: string;
  readonly nameStems: ReadonlySet<string>;
  readonly commentStems: ReadonlySet<string>;
  /** Stems of the name that its folded form hides, `life` in `lifeexpectancy`. */
  readonly hiddenStems: ReadonlySet<string>;
}

export interface TableLexicon {
  readonly table: Table;
  /** Folded name. */
  readonly name: string;
  readonly nameStems: ReadonlySet<string>;
  readonly commentStems: ReadonlySet<string>;
  readonly columns: readonly ColumnLexicon[];
}

export interface Lexicon {
  readonly tables: readonly TableLexicon[];
  /** ln((N + 1) / (df + 1)) over tables and columns; high for a stem that few of them have. */
  weight(stem: string): number;
  /** The weight of a stem that nothing has. */
  readonly greatestWeight: number;
  /** Whether any name or comment has the stem, or a name without gaps contains it. */
  knows(stem: string): boolean;
}

/** Reads the words of every name and comment once. */
export function buildLexicon(schema: Schema): Lexicon {
  const frequency = new Map<string, number>();
  let documents = 0;
  const count = (...sets: readonly ReadonlySet<string>[]) => {
    documents++;
    for (const item of new Set(sets.flatMap((set) => [...set]))) {
      frequency.set(item, (frequency.get(item) ?? 0) + 1);
    }
  };
  const tables = schema.tables.map((table): TableLexicon => {
    const nameStems = new Set(nameWords(table.name).map(stem));
    const commentStems = new Set(words(table.comment).map(stem));
    count(nameStems, commentStems);
    return {
      table,
      name: fold(table.name),
      nameStems,
      commentStems,
      columns: table.columns.map((column) => {
        const own = new Set(nameWords(column.name).map(stem));
        const comment = new Set(words(column.comment).map(stem));
        count(own, comment);
        const name = fold(column.name);
        const visible = new Set(nameWords(name).map(stem));
        const hidden = new Set([...own].filter((item) => !visible.has(item)));
        return { name, nameStems: own, commentStems: comment, hiddenStems: hidden };
      }),
    };
  });
  return {
    tables,
    greatestWeight: Math.log(documents + 1) + 0.1,
    weight: (item) => Math.log((documents + 1) / ((frequency.get(item) ?? 0) + 1)) + 0.1,
    knows: (item) =>
      frequency.has(item) ||
      (item.length >= 4 &&
        tables.some(
          ({ name, columns }) =>
            name.includes(item) || columns.some((column) => column.name.includes(item)),
        )),
  };
}

/**
 * How well one question stem fits a name with a comment, 0 … 1: a word of the name, a word of the
 * comment, or (names written without gaps, such as `totalfundnv`) a part of the name.
 */
export function fit(
  item: string,
  name: string,
  nameStems: ReadonlySet<string>,
  commentStems: ReadonlySet<string>,
): number {
  if (nameStems.has(item)) return 1;
  if (commentStems.has(item)) return 0.9;
  return item.length >= 4 && name.includes(item) ? 0.5 : 0;
}
