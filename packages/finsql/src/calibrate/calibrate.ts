/** The rules in order, and what they did. */
import { normalizeSql } from '../sql/normalize.ts';
import { compactDays } from './compact-days.ts';
import { completeLists } from './complete-lists.ts';
import { distinctArms } from './distinct-arms.ts';
import { dropExcludedJoins } from './drop-excluded-joins.ts';
import { dropUnaskedDivisors } from './drop-unasked-divisors.ts';
import { dropUnaskedFlags } from './drop-unasked-flags.ts';
import { fixAliases } from './fix-aliases.ts';
import { fixAmounts } from './fix-amounts.ts';
import { fixAverages } from './fix-averages.ts';
import { fixColumnNames } from './fix-column-names.ts';
import { fixCommentedColumns } from './fix-commented-columns.ts';
import { fixCounted } from './fix-counted.ts';
import { fixDirections } from './fix-directions.ts';
import { fixFactors } from './fix-factors.ts';
import { fixJoinKeys } from './fix-join-keys.ts';
import { fixOperators } from './fix-operators.ts';
import { fixOrder } from './fix-order.ts';
import { fixOwners } from './fix-owners.ts';
import { fixPatterns } from './fix-patterns.ts';
import { fixPercentColumns } from './fix-percent-columns.ts';
import { fixShares } from './fix-shares.ts';
import { fixSiblingColumns } from './fix-sibling-columns.ts';
import { fixTableNames } from './fix-table-names.ts';
import { fixUnsaidColumns } from './fix-unsaid-columns.ts';
import { fixValues } from './fix-values.ts';
import { groupAlternatives } from './group-alternatives.ts';
import { groupSelected } from './group-selected.ts';
import { joinMissingTable } from './join-missing-table.ts';
import { knownAnswer } from './known-answer.ts';
import { listOnce } from './list-once.ts';
import { monthNotQuarter } from './month-not-quarter.ts';
import { moveValues } from './move-values.ts';
import { nameNotKey } from './name-not-key.ts';
import { neitherNor } from './neither-nor.ts';
import { openEndedYears } from './open-ended-years.ts';
import { orderAsSaid } from './order-as-said.ts';
import { plainYears } from './plain-years.ts';
import { quoteNames } from './quote-names.ts';
import { replaceTable } from './replace-table.ts';
import type { CalibrationContext, Rule } from './rule.ts';
import { selectAll } from './select-all.ts';
import { selectOnce } from './select-once.ts';
import { splitContradictions } from './split-contradictions.ts';
import { storedDates } from './stored-dates.ts';
import { translateFunctions } from './translate-functions.ts';
import { translateLimits } from './translate-limits.ts';
import { wholeSpans } from './whole-spans.ts';
import { withinPeriods } from './within-periods.ts';
import { yearBefore } from './year-before.ts';

/** In this order: each works on what the ones before it made. */
export const RULES: readonly Rule[] = [
  fixOperators,
  translateLimits,
  translateFunctions,
  quoteNames,
  fixTableNames,
  fixAliases,
  fixOwners,
  replaceTable,
  joinMissingTable,
  fixColumnNames,
  fixJoinKeys,
  fixCounted,
  fixUnsaidColumns,
  fixSiblingColumns,
  fixCommentedColumns,
  fixPercentColumns,
  nameNotKey,
  groupSelected,
  selectAll,
  selectOnce,
  plainYears,
  monthNotQuarter,
  compactDays,
  storedDates,
  groupAlternatives,
  openEndedYears,
  wholeSpans,
  yearBefore,
  fixShares,
  distinctArms,
  neitherNor,
  completeLists,
  dropUnaskedFlags,
  dropUnaskedDivisors,
  fixAverages,
  fixAmounts,
  fixFactors,
  fixDirections,
  fixOrder,
  orderAsSaid,
  fixPatterns,
  fixValues,
  moveValues,
  withinPeriods,
  dropExcludedJoins,
  splitContradictions,
  listOnce,
];

/**
 * The rules in force at a moment: for what SQLite rejects (`failed`: with those for every draft, since what
 * runs afterwards is looked at again), for every draft (`always`), for what finds nothing (`empty`) or a
 * row more than once (`repeated`).
 */
export function rulesFor(
  moment: NonNullable<Rule['when']>,
  { rules = RULES }: Pick<CalibrationContext, 'rules'>,
): readonly Rule[] {
  return rules.filter(
    ({ when = 'failed' }) => when === moment || (moment === 'failed' && when === 'always'),
  );
}

export interface Repair {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

export interface Calibrated {
  /** In normal form. */
  readonly sql: string;
  readonly repairs: readonly Repair[];
  /** The known question that has this statement, where rules would have changed what it asks for. */
  readonly asKnown?: string;
}

/**
 * Applies rules to a statement: those for one that fails unless told otherwise, but for those switched off.
 * What is known to answer the very question is changed by no other rules than those for one that fails.
 */
export function calibrate(
  sql: string,
  context: CalibrationContext,
  rules: readonly Rule[] = rulesFor('failed', context),
): Calibrated {
  const on = rules.filter(({ name }) => context.without?.includes(name) !== true);
  const changed = applyRules(sql, context, on);
  const forFailed = on.filter(({ when = 'failed' }) => when === 'failed');
  const names = new Set(forFailed.map(({ name }) => name));
  if (changed.repairs.every(({ rule }) => names.has(rule))) return changed;
  const known = knownAnswer(sql, context);
  if (known === undefined) return changed;
  return { ...applyRules(sql, context, forFailed), asKnown: known.question };
}

function applyRules(sql: string, context: CalibrationContext, rules: readonly Rule[]): Calibrated {
  const repairs: Repair[] = [];
  const run = (text: string, rule: Rule, form: (made: string) => string): string => {
    const after = form(rule.apply(text, context));
    if (after !== text) repairs.push({ rule: rule.name, before: text, after });
    return after;
  };
  const normal = (text: string) => normalizeSql(text, context.schema);
  let current = sql;
  for (const rule of rules) if (rule.early) current = run(current, rule, (text) => text);
  current = normal(current);
  for (const rule of rules) if (!rule.early) current = run(current, rule, normal);
  return { sql: current, repairs };
}
