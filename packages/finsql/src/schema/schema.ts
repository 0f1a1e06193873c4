/** What a column holds, as far as a question cares. */
export type ColumnKind = 'integer' | 'number' | 'date' | 'boolean' | 'text';

export interface Column {
  /** As stored. */
  readonly name: string;
  /** The declared type, as written; empty when there is none. */
  readonly type: string;
  readonly kind: ColumnKind;
  /** What the column means, in words; empty when unknown. */
  readonly comment: string;
  readonly primaryKey: boolean;
  /** A few distinct values of the first rows, as text. */
  readonly samples: readonly string[];
  /** Whether some of the first rows hold nothing; absent where none does, and where rows are not looked at. */
  readonly holdsNull?: true;
  /** Whether several of the first rows are called the same, of texts that rows are called by: titles, subjects. */
  readonly repeats?: true;
}

/** `column` of the owning table refers to `table`.`target`. */
export interface ForeignKey {
  readonly column: string;
  readonly table: string;
  readonly target: string;
}

export interface Table {
  readonly name: string;
  readonly comment: string;
  /** Absent for views: counting one may cost as much as any query. */
  readonly rowCount?: number;
  readonly columns: readonly Column[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** The tables and views of one database, in the order in which they were created. */
export interface Schema {
  readonly name: string;
  readonly tables: readonly Table[];
}

/** SQLite folds ASCII letters of identifiers, and nothing else. */
export function fold(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The table of that name, whatever its case. */
export function findTable(schema: Schema, name: string): Table | undefined {
  const folded = fold(name);
  return schema.tables.find((table) => fold(table.name) === folded);
}

/** The column of that name, whatever its case. */
export function findColumn(table: Table, name: string): Column | undefined {
  const folded = fold(name);
  return table.columns.find((column) => fold(column.name) === folded);
}
