/** Everything about one database that retrieval looks at, prepared once. */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { fold, type Schema } from '../schema/schema.ts';
import { normalizeSql } from '../sql/normalize.ts';
import { type SqlReferences, sqlReferences } from '../sql/references.ts';
import type { ExemplarIndex } from './exemplars.ts';
import { buildLexicon, type Lexicon } from './lexicon.ts';
import { toldKeys } from './told-keys.ts';
import { NO_VALUES, type ValueIndex } from './values.ts';

export interface KnownItem {
  readonly sql: string;
  readonly references: SqlReferences;
}

/** A key between two tables, folded. */
export interface Link {
  readonly table: string;
  readonly column: string;
  readonly target: string;
  readonly targetColumn: string;
}

export interface DatabaseContext {
  readonly schema: Schema;
  readonly lexicon: Lexicon;
  readonly values: ValueIndex;
  readonly exemplars: ExemplarIndex | undefined;
  /** Declared; where none is, those that names tell. */
  readonly links: readonly Link[];
  /** Whether keys tell which tables belong together; with several between most pairs they don't. */
  readonly sparseKeys: boolean;
  /** No rendering of the whole schema takes fewer tokens: two for each column. */
  readonly leastTokens: number;
  /** Normal form and references of a question's statement, computed once per item. */
  known(item: TextToSqlItem): KnownItem;
}

/** Keys per table. */
const MANY_KEYS = 3;

/** Prepares a database for `retrieve` and `buildPrompt`. */
export function prepareDatabase(
  schema: Schema,
  parts: { readonly values?: ValueIndex; readonly exemplars?: ExemplarIndex | undefined } = {},
): DatabaseContext {
  const declared = schema.tables.flatMap((table) =>
    table.foreignKeys.map((key) => ({
      table: fold(table.name),
      column: fold(key.column),
      target: fold(key.table),
      targetColumn: fold(key.target),
    })),
  );
  // Where a file declares keys, it declares those that there are.
  const links = declared.length > 0 ? declared : toldKeys(schema);
  const known = new WeakMap<TextToSqlItem, KnownItem>();
  return {
    schema,
    lexicon: buildLexicon(schema),
    values: parts.values ?? NO_VALUES,
    exemplars: parts.exemplars,
    links,
    sparseKeys: links.length <= MANY_KEYS * schema.tables.length,
    leastTokens: schema.tables.reduce((sum, table) => sum + 2 * table.columns.length, 0),
    known(item) {
      const found = known.get(item);
      if (found !== undefined) return found;
      const made = {
        sql: normalizeSql(item.sql, schema),
        references: sqlReferences(item.sql, schema),
      };
      known.set(item, made);
      return made;
    },
  };
}
