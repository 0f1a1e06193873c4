/** A draw of one row by temperature and top-p; what a rule refuses is put aside and another one drawn. */
import type { Random } from '../tensors/random.ts';
import type { AllowedTokens, PickedToken, SamplingOptions } from './sampling.ts';

/** So many tokens of a row may be refused before its mask is made. */
export const REFUSALS = 64;

export interface DrawChoice extends SamplingOptions {
  readonly random: Random;
  readonly rule: AllowedTokens | null;
}

interface Candidates {
  readonly logs: Float32Array;
  readonly ids: Int32Array;
}

/**
 * A draw from candidates in descending order; those that are refused leave the list.
 * @param mass weight of the whole vocabulary where the likeliest weighs 1, null where only the candidates count
 * @param all log-probabilities of the whole vocabulary
 */
export function drawRow(
  listed: Candidates,
  mass: number | null,
  all: () => Float32Array,
  { temperature, topP, random, rule }: DrawChoice,
): PickedToken | null {
  const top = listed.logs[0] as number;
  const weigh = (logs: Float32Array) =>
    Float64Array.from(logs, (log) => Math.exp((log - top) / temperature));
  let { logs, ids } = listed;
  const known = ids.slice();
  let weights = weigh(logs);
  let count = ids.length;
  let tail = mass === null ? 0 : Math.max(0, mass - sumOf(weights, count));
  const addOthers = () => {
    const others = without(all(), known);
    logs = Float32Array.from([...logs.subarray(0, count), ...others.logs]);
    ids = Int32Array.from([...ids.subarray(0, count), ...others.ids]);
    weights = weigh(logs);
    count = ids.length;
    tail = 0;
  };
  for (let refused = 0; refused < REFUSALS && count > 0; refused++) {
    if (tail > 0 && topP < 1) {
      const listedMass = sumOf(weights, count);
      if (listedMass < topP * (listedMass + tail)) addOthers();
    }
    const kept = nucleus(weights, count, topP * (sumOf(weights, count) + tail));
    let left = random.next() * (sumOf(weights, kept) + (topP < 1 ? 0 : tail));
    let chosen = 0;
    while (chosen < kept && left >= (weights[chosen] as number))
      left -= weights[chosen++] as number;
    if (chosen === kept && tail > 0 && topP === 1) {
      addOthers();
      while (chosen < count && left >= (weights[chosen] as number)) {
        left -= weights[chosen++] as number;
      }
      // What rounding leaves is no draw of the unlikeliest.
      if (chosen === count) chosen = 0;
    } else if (chosen === kept) chosen = 0;
    const id = ids[chosen] as number;
    if (rule?.accepts(id) !== false) return { id, logProbability: logs[chosen] as number };
    for (const list of [logs, ids, weights]) list.copyWithin(chosen, chosen + 1, count);
    count--;
  }
  return null;
}

/** How many of the first candidates count: the fewest whose weights reach what is wanted. */
function nucleus(weights: Float64Array, count: number, wanted: number): number {
  let kept = 0;
  let mass = 0;
  while (kept < count && (kept === 0 || mass < wanted)) {
    const weight = weights[kept] as number;
    if (weight === 0 && kept > 0) break;
    mass += weight;
    kept++;
  }
  return kept;
}

function sumOf(weights: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i] as number;
  return sum;
}

/** Every token but some, the likeliest first. */
function without(all: Float32Array, ids: Int32Array): Candidates {
  const left = new Uint8Array(all.length).fill(1);
  for (const id of ids) left[id] = 0;
  const others = Int32Array.from(all.keys())
    .filter((id) => left[id] === 1)
    .sort((one, other) => (all[other] as number) - (all[one] as number) || one - other);
  return { logs: Float32Array.from(others, (id) => all[id] as number), ids: others };
}
