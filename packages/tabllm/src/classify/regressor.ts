/** Quantities: a weighted mean of several models of a standardised target, with an interval around it. */
import { seededRandom } from '@quaestor/peft';
import { type EncodedColumn, encoderOf, readsMeanings } from '../baseline/encoder.ts';
import { fitDifferences, fitEncoder, fitRatio } from '../baseline/fit-encoder.ts';
import { productColumns } from '../baseline/fit-multiplicative-regression.ts';
import { kernelNorm } from '../baseline/kernel-shape.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { moments } from '../baseline/moments.ts';
import { TabLlmError } from '../errors.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { TextStates } from '../scoring/text-states.ts';
import { type PredictionSteps, predictInSteps } from './encoded-model.ts';
import { limitFarLabels } from './far-labels.ts';
import { fittingMembers, type MemberPlan } from './fit-members.ts';
import { foldsInTurn, splitByFold } from './folds.ts';
import { lineOfQuantity } from './held-out-line.ts';
import { atOnce, type InParts } from './in-parts.ts';
import { fitIntervals, type IntervalBand } from './intervals.ts';
import { sharesOfHeard } from './member-weights.ts';
import { onSide, type Sign, signOf } from './one-sided.ts';
import { planQuantityMembers, weighQuantityMembers } from './quantity-members.ts';
import { predictQuantityMember, type QuantityMember } from './quantity-model.ts';
import { joinGroups } from './row-groups.ts';
import { countCopies, groupsOfCopies, learnedCells } from './same-rows.ts';
import { tellingViews } from './telling-views.ts';
import { meanOfOpinions, type Weighed } from './weighed-members.ts';

export interface RegressorState {
  readonly schema: TableSchema;
  readonly encoding: readonly EncodedColumn[];
  readonly members: readonly Weighed<QuantityMember>[];
  readonly centre: number;
  readonly scale: number;
  /** Of all labels; predictions and ends of intervals have it, too. */
  readonly sign: Sign;
  /** 90 % intervals by what is predicted; none with too few rows to tell. */
  readonly intervals: readonly IntervalBand[];
}

/** What is said of labelled rows by models that have not seen them. */
export interface HeldValues {
  readonly predicted: Float64Array;
  readonly values: Float64Array;
  /** Of copies, see `groupsOfCopies`. */
  readonly groups: Int32Array | null;
}

export interface Regressor {
  readonly state: RegressorState;
  readonly steps: PredictionSteps;
  /** Values of labelled rows by models that have not seen them; null without enough rows. */
  readonly held: HeldValues | null;
  /** The same of columns that are written otherwise. */
  writtenAs(schema: TableSchema): Regressor;
  /** Cells in the schema's order → values [rows]. */
  predict(rows: readonly (readonly string[])[]): Float64Array;
}

export interface FittedRegressor extends Regressor {
  /** Rows that are the same as another, where that is not in the nature of the table. */
  readonly copies: number;
  /** Rows whose value counts as less far from the others than it is. */
  readonly far: readonly number[];
}

export interface FitRegressorOptions {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly values: Float64Array;
  /** For each row the number of its group, which is held out as one, see `rowGroups`; default: each alone. */
  readonly groups?: Int32Array | null;
  readonly unlabelled?: readonly (readonly string[])[];
  /** Those of them that tell how often rows repeat, see `freshRows`; default: all. */
  readonly fresh?: readonly (readonly string[])[];
  /** A language model that reads free text; default: none does. */
  readonly states?: TextStates | null;
  readonly trees?: number;
  readonly seed?: number;
}

const FEWEST = 2;
const FOLDS = 5;
/** Fewer are not predicted in turn: what came of it would say nothing. */
const FEWEST_HELD = 20;
const HELD_ROWS = 2000;
/** Rows that tell how far rows lie apart. */
const NORM_ROWS = 20_000;

/** @throws TabLlmError 'bad-data' with fewer than two rows */
export function fitRegressor(options: FitRegressorOptions): FittedRegressor {
  return atOnce(fittingRegressor(options));
}

/** The same, a model after the other. */
export function* fittingRegressor(options: FitRegressorOptions): InParts<FittedRegressor> {
  const { schema, rows, values, unlabelled = [], fresh = unlabelled } = options;
  const { trees, seed = 0, states = null } = options;
  if (rows.length < FEWEST) {
    throw new TabLlmError('bad-data', {
      en: 'A quantity needs at least two labelled rows to learn from.',
      zh: '学习一个数量至少需要两行标签。',
    });
  }
  const same = groupsOfCopies(learnedCells(schema, rows), learnedCells(schema, fresh));
  const groups = joinGroups(same, options.groups ?? null);
  const all = [...rows, ...unlabelled];
  const fitted = [
    ...fitEncoder(schema, all, 'rich-and-far', states),
    ...fitDifferences(schema, all, rows.length),
  ];
  const first = encoderOf(schema, fitted, states);
  const whole = first.encode(rows);
  const products = values.every((value) => value > 0) ? productColumns(first) : null;
  const { values: limited, far } = limitFarLabels(whole, values, { products, seed });
  const { mean: centre, sd: scale } = moments(limited);
  const y = limited.map((value) => (value - centre) / scale);
  const encoding = tellingViews(fitted, {
    ...{ schema, rows, states },
    lineOf: lineOfQuantity(y, groups),
    fitRatio: (ratio) => fitRatio(ratio, schema, all, 'rich-and-far'),
  });
  const encoder = encoderOf(schema, encoding, states);
  const { encode, forTrees, quantities, views } = encoder;
  const x = encoding === fitted ? whole : encode(rows);
  const norm = kernelNorm(encode(all.slice(0, NORM_ROWS)));
  const settings = {
    forTrees,
    quantities,
    products: products && { ...productColumns(encoder), zero: -centre / scale },
    views,
    norm,
    seed,
    ...(trees !== undefined && { trees }),
  };
  const plans = planQuantityMembers(rows.length, settings);
  const plan = plans.map(({ weight }) => weight);
  const sign = signOf(values);
  const copies = countCopies(same);
  const turns = turnsOf(rows.length, groups, seed);
  const said = turns && (yield* heldOut(x, y, turns, plans));
  const weights =
    turns && said
      ? weighQuantityMembers(plan, said, valuesOf(y, turns), toldBy(turns))
      : sharesOfHeard(plan);
  const members = yield* fittingMembers(plans, weights, x, y);
  const state = { schema, encoding, members, centre, scale, sign };
  if (!turns || !said)
    return { ...regressorOf({ ...state, intervals: [] }, null, states), copies, far };
  const mean = meanOfOpinions(said, weights);
  const predicted = mean.map((z) => onSide(centre + scale * z, sign));
  const known = valuesOf(values, turns);
  const intervals = fitIntervals(predicted, known);
  const judged = { predicted, values: known, groups: turns.groups };
  return { ...regressorOf({ ...state, intervals }, judged, states), copies, far };
}

/** @param states needed where text is read by a language model */
export function regressorOf(
  state: RegressorState,
  held: Regressor['held'] = null,
  states: TextStates | null = null,
): Regressor {
  const { schema, encoding, members, centre, scale, sign } = state;
  const { encode, sources } = encoderOf(schema, encoding, states);
  const steps: PredictionSteps = {
    encoding,
    model: { kind: 'quantity', members },
    encode,
    sources,
    readsText: readsMeanings(encoding),
    finish: (said) => said.map((z) => onSide(centre + scale * z, sign)),
  };
  const writtenAs = (other: TableSchema) => regressorOf({ ...state, schema: other }, held, states);
  return { state, steps, held, writtenAs, predict: (rows) => predictInSteps(steps, rows) };
}

/** Rows that are held out in turn. */
interface Turns {
  readonly order: readonly number[];
  /** Fold of each. */
  readonly folds: Int32Array;
  /** Group of each; null: each is alone. */
  readonly groups: Int32Array | null;
}

/** null: too few to say something. @param groups of all rows */
function turnsOf(count: number, groups: Int32Array | null, seed: number): Turns | null {
  const order = seededRandom(seed)
    .shuffle(Array.from({ length: count }, (_, row) => row))
    .slice(0, HELD_ROWS);
  const drawn = groups && Int32Array.from(order, (row) => groups[row] as number);
  const folds = foldsInTurn(order.length, FOLDS, drawn);
  const tell = order.length >= FEWEST_HELD && new Set(folds).size === FOLDS;
  return tell ? { order, folds, groups: drawn } : null;
}

function valuesOf(values: Float64Array, { order }: Turns): Float64Array {
  return Float64Array.from(order, (row) => values[row] as number);
}

/** Rows that say something of their own. */
function toldBy({ order, groups }: Turns): number {
  return groups ? new Set(groups).size : order.length;
}

/** Values of each member for the rows in turn, by models that have not seen them. */
function* heldOut(
  x: Matrix,
  y: Float64Array,
  { order, folds }: Turns,
  plans: readonly MemberPlan<QuantityMember, Float64Array>[],
): InParts<Float64Array[]> {
  const said = plans.map(() => new Float64Array(order.length));
  const rowsOf = (places: readonly number[]) => places.map((at) => order[at] as number);
  for (const { inside, outside } of splitByFold(folds)) {
    const learned = rowsOf(outside);
    const known = Float64Array.from(learned, (row) => y[row] as number);
    const [seen, unseen] = [pickRows(x, learned), pickRows(x, rowsOf(inside))];
    for (const [m, { fit }] of plans.entries()) {
      for (const [i, value] of predictQuantityMember(fit(seen, known), unseen).entries()) {
        (said[m] as Float64Array)[inside[i] as number] = value;
      }
      yield null;
    }
  }
  return said;
}
