/** Probabilities of labelled rows by models that have not seen the row, for whatever is decided on them. */
import { seededRandom } from '@quaestor/peft';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { type FitTabularOptions, weighExpectations, weighMembers } from './fit-tabular.ts';
import { stratifiedFolds } from './folds.ts';
import { atOnce, type InParts } from './in-parts.ts';
import { EVIDENCE_FROM, planMembers } from './tabular-members.ts';
import { type Expectations, poolExpectations, predictMember } from './tabular-model.ts';
import { meanOfOpinions } from './weighed-members.ts';

const FOLDS = 5;
/** Of fewer rows of a class nothing can be decided, nor told how good the model is. */
export const DECIDED_FROM = 4;

/** Whether labels are enough to decide something on. */
export function canDecide(labels: Int32Array, classes: number): boolean {
  return haveEnough(labels, classes).every(Boolean);
}

/** Of each class whether its rows are enough to be held out in turn. */
export function haveEnough(labels: Int32Array, classes: number): readonly boolean[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts.map((count) => count >= DECIDED_FROM);
}

/** Probabilities [rows, K] of each row by a model of the other folds. */
export interface HeldOut {
  /** Of the members, by how well each does, or by plan where that is not found out. */
  readonly weights: readonly number[];
  /** What labelled rows alone say. */
  readonly learned: Float64Array;
  /** With what the language model expects; the same where it was not asked. */
  readonly pooled: Float64Array;
}

export interface HoldingOut {
  /** Labelled rows that the model is for, of which these may be some; default: these. */
  readonly all?: number;
  /** Of copies, see `groupsOfCopies`. */
  readonly groups?: Int32Array | null;
  /** So many of the first rows are held out in turn; those behind are always learned from. Default: all. */
  readonly turns?: number;
}

export function outOfFold(...given: Parameters<typeof holdingOut>): HeldOut {
  return atOnce(holdingOut(...given));
}

/** The same, a model of a fold after the other. */
export function* holdingOut(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  { expected = null, ...settings }: FitTabularOptions,
  { all = labels.length, groups = null, turns = labels.length }: HoldingOut = {},
): InParts<HeldOut> {
  const plans = planMembers(all, classes, settings);
  const judged = labels.subarray(0, turns);
  const folds = stratifiedFolds(judged, FOLDS, seededRandom(settings.seed ?? 0), groups);
  const said = plans.map(() => new Float64Array(turns * classes));
  const parts: {
    readonly inside: readonly number[];
    readonly rows: Matrix;
    readonly expectations: Expectations | null;
  }[] = [];
  // Of fewer groups of copies than folds some stay empty.
  for (const fold of [...new Set(folds)].sort()) {
    const inside = [...judged.keys()].filter((i) => folds[i] === fold);
    const outside = [...labels.keys()].filter((i) => folds[i] !== fold);
    const known = Int32Array.from(outside, (i) => labels[i] as number);
    const [learnedFrom, rows] = [pickRows(x, outside), pickRows(x, inside)];
    for (const [m, { fit }] of plans.entries()) {
      scatter(predictMember(fit(learnedFrom, known), rows), inside, said[m] as Float64Array);
      yield null;
    }
    const expectations = expected && weighExpectations(expected, learnedFrom, known);
    parts.push({ inside, rows, expectations });
  }
  const plan = plans.map(({ weight }) => weight);
  // Without rows of every class the plan is as good as what is said of the others.
  const tell = all >= EVIDENCE_FROM && turns === labels.length;
  const told = groups ? new Set(groups).size : labels.length;
  const weights = weighMembers(plan, said, tell ? labels : new Int32Array(), told);
  const learned = meanOfOpinions(said, weights);
  if (!expected) return { weights, learned, pooled: learned };
  const pooled = new Float64Array(learned.length);
  for (const { inside, rows, expectations } of parts) {
    const alone = gather(learned, inside, classes);
    scatter(expectations ? poolExpectations(alone, expectations, rows) : alone, inside, pooled);
  }
  return { weights, learned, pooled };
}

/** Writes rows of probabilities to their places. */
function scatter(p: Float64Array, places: readonly number[], into: Float64Array): void {
  const classes = p.length / places.length;
  for (const [at, place] of places.entries()) {
    into.set(p.subarray(at * classes, (at + 1) * classes), place * classes);
  }
}

function gather(p: Float64Array, places: readonly number[], classes: number): Float64Array {
  const some = new Float64Array(places.length * classes);
  for (const [at, place] of places.entries()) {
    some.set(p.subarray(place * classes, (place + 1) * classes), at * classes);
  }
  return some;
}
