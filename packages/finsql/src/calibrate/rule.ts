/** Deterministic repairs of a statement that SQLite rejects, or that compares with a text nobody stored. */
import type { DatabaseContext, Link } from '../retrieval/context.ts';
import type { ValueIndex } from '../retrieval/values.ts';
import type { Schema } from '../schema/schema.ts';

export interface CalibrationContext {
  readonly schema: Schema;
  readonly links: readonly Link[];
  readonly values: Pick<ValueIndex, 'spelling' | 'holders' | 'find'>;
  /** What the statement is to answer; undefined: not known. */
  readonly question?: string;
  /** Questions with known SQL, from which units are learnt. */
  readonly exemplars?: DatabaseContext['exemplars'];
  readonly known?: DatabaseContext['known'];
  /** Those in force, in their order; default: `RULES`. */
  readonly rules?: readonly Rule[] | undefined;
  /** Names of rules that are switched off. */
  readonly without?: readonly string[] | undefined;
}

export interface Rule {
  readonly name: string;
  /** What it repairs, in one sentence. */
  readonly summary: string;
  /**
   * When it is applied: `failed` (default) to a statement that SQLite rejects; `always` to every draft,
   * since what it repairs runs all the same; `empty` as well to one that finds nothing; `repeated` as well
   * to one that finds a row more than once.
   */
  readonly when?: 'failed' | 'always' | 'empty' | 'repeated';
  /** Whether it reads the text as it was written, before it is brought into normal form. */
  readonly early?: boolean;
  /** Pure; returns the statement unchanged where there is nothing to repair. */
  readonly apply: (sql: string, context: CalibrationContext) => string;
}
