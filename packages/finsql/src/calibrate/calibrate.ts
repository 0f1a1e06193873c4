/** The rules in order, and what they did. */
import { normalizeSql } from '../sql/normalize.ts';
import { fixColumnNames } from './fix-column-names.ts';
import { fixOwners } from './fix-owners.ts';
import { fixTableNames } from './fix-table-names.ts';
import { fixValues } from './fix-values.ts';
import { joinMissingTable } from './join-missing-table.ts';
import { replaceTable } from './replace-table.ts';
import type { CalibrationContext, Rule } from './rule.ts';

/** In this order: each works on what the ones before it made. */
export const RULES: readonly Rule[] = [
  fixTableNames,
  fixOwners,
  replaceTable,
  joinMissingTable,
  fixColumnNames,
  fixValues,
];

export interface Repair {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

export interface Calibrated {
  /** In normal form. */
  readonly sql: string;
  readonly repairs: readonly Repair[];
}

/** Applies rules to a statement; those of the context, or all of them, unless told otherwise. */
export function calibrate(
  sql: string,
  context: CalibrationContext,
  rules: readonly Rule[] = context.rules ?? RULES,
): Calibrated {
  let current = normalizeSql(sql, context.schema);
  const repairs: Repair[] = [];
  for (const rule of rules) {
    const after = normalizeSql(rule.apply(current, context), context.schema);
    if (after === current) continue;
    repairs.push({ rule: rule.name, before: current, after });
    current = after;
  }
  return { sql: current, repairs };
}
