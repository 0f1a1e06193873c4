/** Collects patterns while a schema is walked, and gives each list of slot entries a name. */
import { quoteIdentifier } from '../../schema/identifiers.ts';
import type { Pattern } from './pattern-file.ts';
import type { Said, TableRoles } from './schema-roles.ts';
import type { SlotFile } from './slots.ts';

/** Patterns and the slots that they name. */
export interface PatternSet {
  readonly patterns: readonly Pattern[];
  readonly slots: SlotFile;
}

/** Collects patterns and gives each list of entries a slot name. */
export class PatternDraft {
  readonly patterns: Pattern[] = [];
  readonly slots: SlotFile = { ...SHARED_SLOTS };
  readonly #names = new Map<string, string>();

  /** The slot of a column's stored values. */
  values(table: TableRoles, column: Said): string {
    const from = quoteIdentifier(table.table.name);
    return this.#slot(`values ${table.sql}.${column.sql}`, () => ({
      query: `select distinct ${column.sql} from ${from} where ${column.sql} is not null limit 300`,
      names: false,
    }));
  }

  /** The slot of the years that a date column has. */
  years(table: TableRoles, column: Said): string {
    const from = quoteIdentifier(table.table.name);
    return this.#slot(`years ${table.sql}.${column.sql}`, () => ({
      query: `select distinct substr(${column.sql}, 1, 4) from ${from} where ${column.sql} is not null order by 1`,
      names: false,
    }));
  }

  /** The slot of some columns of one table, with thresholds from its figures. */
  columns(table: TableRoles, columns: readonly Said[]): string {
    const key = `columns ${table.sql} ${columns.map(({ sql }) => sql).join()}`;
    return this.#slot(key, () => ({
      table: table.table.name,
      unit: 'plain',
      sql: columns.map(({ sql, words }): [string, string] => [sql, words]),
    }));
  }

  add(name: string, wordings: readonly string[], sql: string): void {
    this.patterns.push({ name, weight: 1, wordings: { en: wordings, zh: [] }, sql });
  }

  #slot(key: string, make: () => SlotFile[string]): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    // Names of slots have letters only: what follows them counts entries.
    const letters = [...String(this.#names.size)].map((digit) => 'abcdefghij'[Number(digit)]);
    const name = `slot_${letters.join('')}`;
    this.#names.set(key, name);
    this.slots[name] = make();
    return name;
  }
}

const SHARED_SLOTS: SlotFile = {
  more: {
    unit: 'plain',
    sql: [
      ['>', 'more than|over|above'],
      ['<', 'less than|under|below'],
      ['>=', 'at least'],
      ['<=', 'at most'],
    ],
  },
  order: {
    unit: 'plain',
    sql: [
      ['desc', 'highest|largest'],
      ['asc', 'lowest|smallest'],
    ],
  },
  figure: {
    unit: 'plain',
    sql: [
      ['avg', 'average'],
      ['sum', 'total'],
      ['max', 'highest|maximum'],
      ['min', 'lowest|minimum'],
    ],
  },
  top: [
    [2, 'two'],
    [3, 'three'],
    [5, 'five'],
    [10, 'ten'],
  ],
  few: [
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
  ],
};

/** A column's words as a choice within a phrase. */
export function words(column: Said): string {
  return column.words.includes('|') ? `[${column.words}]` : column.words;
}
