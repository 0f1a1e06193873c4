/** Deterministic repairs of a statement that SQLite rejects, or that compares with a text nobody stored. */
import type { Link } from '../retrieval/context.ts';
import type { Schema } from '../schema/schema.ts';

export interface CalibrationContext {
  readonly schema: Schema;
  readonly links: readonly Link[];
  /** The stored text that equals `text` but for case, spaces and signs; undefined when `text` itself is stored or none is. */
  spelling(table: string, column: string, text: string): string | undefined;
  /** Rules that are applied; default: all. */
  readonly rules?: readonly Rule[];
}

export interface Rule {
  readonly name: string;
  /** What it repairs, in one sentence. */
  readonly summary: string;
  /** Pure; returns the statement unchanged where there is nothing to repair. */
  readonly apply: (sql: string, context: CalibrationContext) => string;
}
