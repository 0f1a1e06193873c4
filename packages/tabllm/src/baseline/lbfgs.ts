/**
 * L-BFGS with two-loop recursion (Nocedal and Wright 2006, algorithm 7.4) and a backtracking line
 * search on Armijo's condition; for smooth convex functions of some thousand variables.
 */

import { addScaled, dot } from './vectors.ts';

/** Writes the gradient at x and returns the value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

const MEMORY = 10;
const ARMIJO = 1e-4;

/** @returns where the gradient's largest entry is below `tolerance`, or the last point reached */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { iterations = 500, tolerance = 1e-6 } = {},
): Float64Array {
  let x = Float64Array.from(start);
  let gradient = new Float64Array(x.length);
  let value = objective(x, gradient);
  const steps: Pair[] = [];
  for (let i = 0; i < iterations && largest(gradient) > tolerance; i++) {
    let direction = descent(gradient, steps);
    let slope = dot(direction, gradient);
    if (slope >= 0) {
      steps.length = 0;
      direction = gradient.map((g) => -g);
      slope = -dot(gradient, gradient);
    }
    const first = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let moved = x;
    let next = new Float64Array(x.length);
    let better = Number.NaN;
    let length = first;
    for (; length > 1e-12; length /= 2) {
      const by = length;
      moved = x.map((entry, j) => entry + by * (direction[j] as number));
      better = objective(moved, next);
      if (better <= value + ARMIJO * length * slope) break;
      next = new Float64Array(x.length);
    }
    if (!(better < value)) return x;
    const s = moved.map((entry, j) => entry - (x[j] as number));
    const y = next.map((entry, j) => entry - (gradient[j] as number));
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) {
      steps.push({ s, y, rho: 1 / curvature });
      if (steps.length > MEMORY) steps.shift();
    }
    [x, gradient, value] = [moved, next, better];
  }
  return x;
}

interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

function descent(gradient: Float64Array, steps: readonly Pair[]): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas: number[] = [];
  for (const { s, y, rho } of [...steps].reverse()) {
    const alpha = rho * dot(s, q);
    alphas.unshift(alpha);
    addScaled(q, y, -alpha);
  }
  const last = steps.at(-1);
  if (last) {
    const scale = dot(last.s, last.y) / dot(last.y, last.y);
    for (let j = 0; j < q.length; j++) q[j] = (q[j] as number) * scale;
  }
  for (const [i, { s, y, rho }] of steps.entries()) {
    addScaled(q, s, (alphas[i] as number) - rho * dot(y, q));
  }
  return q;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
