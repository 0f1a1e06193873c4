/**
 * The tabular part of the classifier: a weighted mean of the probabilities of several models (see
 * `planMembers`). From some dozens of labels on, models that do better on rows they have not seen count more, see
 * `weightsByLoss`, with t = 0.1.
 */
import {
  type LogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import { expectationWeight } from './expectation-weight.ts';
import { fittingMembers } from './fit-members.ts';
import { atOnce, type InParts } from './in-parts.ts';
import { countedRows, sharesOf, weightsByLoss } from './member-weights.ts';
import { logOf } from './pool-opinions.ts';
import { type MemberSettings, planMembers } from './tabular-members.ts';
import type { Expectations, TabularModel } from './tabular-model.ts';

export interface FitTabularOptions extends MemberSettings {
  /** Of the members, in the order of `planMembers`, see `weighMembers`; default: those of the plan. */
  readonly weights?: readonly number[];
  /** What a language model expects, see `fitExpectations`. */
  readonly expected?: LogisticRegression | null;
}

const COOLED = 0.1;
/** A row that a member is sure of and wrong about does not decide alone. */
const LEAST_PROBABILITY = 1e-3;

/** @param x rows in the rich encoding @param labels class of each row */
export function fitTabular(...given: Parameters<typeof fittingTabular>): TabularModel {
  return atOnce(fittingTabular(...given));
}

/** The same, a member after the other. */
export function* fittingTabular(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  { expected = null, weights, ...settings }: FitTabularOptions,
): InParts<TabularModel> {
  const plans = planMembers(x.rows, classes, settings);
  const shares = sharesOf(weights ?? plans.map(({ weight }) => weight));
  const members = yield* fittingMembers(plans, shares, x, labels);
  return {
    classes,
    members,
    expectations: expected && weighExpectations(expected, x, labels),
  };
}

/**
 * The weights of members by what they say of rows that they have not seen; they sum to 1.
 * @param plan weights before @param said of each member, probabilities [rows, K]
 * @param told rows that say something of their own: copies, and others of a group, say it once; default all
 */
export function weighMembers(
  plan: readonly number[],
  said: readonly Float64Array[],
  labels: Int32Array,
  told = labels.length,
): number[] {
  const losses = said.map((p) => {
    const classes = p.length / labels.length;
    const total = labels.reduce(
      (sum, label, i) =>
        sum - Math.log(Math.max(p[i * classes + label] as number, LEAST_PROBABILITY)),
      0,
    );
    return total * (countedRows(told) / Math.max(1, labels.length));
  });
  return weightsByLoss(plan, losses, COOLED);
}

/** Expectations with the weight that they deserve beside these labelled rows. */
export function weighExpectations(
  line: LogisticRegression,
  x: Matrix,
  labels: Int32Array,
): Expectations {
  const said = predictLogisticRegression(line, x).map(logOf);
  return { line, weight: expectationWeight(said, labels, line.classes) };
}
