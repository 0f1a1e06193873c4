/** The models of a mean, planned and fitted one after the other. */
import type { Matrix } from '../baseline/matrix.ts';
import type { InParts } from './in-parts.ts';
import type { Weighed } from './weighed-members.ts';

/** A model to be, and how much it counts before anything is known of how well it does. */
export interface MemberPlan<Model, Labels> {
  readonly weight: number;
  fit(x: Matrix, labels: Labels): Model;
}

/** The members that have a weight, one after the other. */
export function* fittingMembers<Model, Labels>(
  plans: readonly MemberPlan<Model, Labels>[],
  weights: readonly number[],
  x: Matrix,
  labels: Labels,
): InParts<Weighed<Model>[]> {
  const members: Weighed<Model>[] = [];
  for (const [m, { fit }] of plans.entries()) {
    const weight = weights[m] as number;
    if (weight === 0) continue;
    members.push({ weight, model: fit(x, labels) });
    yield null;
  }
  return members;
}
