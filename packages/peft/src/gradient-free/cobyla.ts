/**
 * COBYLA without constraints (Powell 1994): the objective is interpolated linearly at the vertices of
 * a simplex and the model minimised within a ball, whose radius ∆ follows the model's success down to
 * the resolution ρ; steps that fail repair the simplex or, where it is sound, refine ρ. Radius and
 * vertex rules are those of PRIMA (Zhang 2023), which SciPy ≥ 1.16 and so nevergrad run; started anew
 * from the best point when ρ is at its end. Deterministic.
 */
import {
  type Geometry,
  geometry,
  replaceVertex,
  type Simplex,
  squaredDistance,
  sum,
  type Vertex,
} from './cobyla-simplex.ts';
import type { Search } from './search.ts';

const FIRST_RESOLUTION = 1;
const LAST_RESOLUTION = 1e-6;
/** Shares of the predicted reduction below which a step is poor, above which it is good. */
const POOR = 0.1;
const GOOD = 0.7;

/** Begins at 0 with edges of length 1; the first n + 1 points are the simplex. */
export function* cobyla(dimension: number): Search {
  let best: Vertex | null = null;
  for (;;) {
    const start = best?.x ?? new Float64Array(dimension);
    const found: Vertex = yield* descend(start);
    if (best === null || found.value < best.value) best = found;
  }
}

/** One run, until the resolution is finest. @returns the best vertex */
function* descend(start: Float64Array): Generator<Float64Array, Vertex, number> {
  let simplex = yield* firstSimplex(start);
  let resolution = FIRST_RESOLUTION;
  let radius = FIRST_RESOLUTION;
  for (;;) {
    const model = geometry(simplex);
    if (model === null) return simplex.pole;
    const sound = isSound(model, radius);
    const step = steepestStep(model.gradient, radius);
    const length = Math.min(radius, Math.hypot(...step));
    const predicted = -dot(step, model.gradient);
    let failed = true;
    if (length <= 0.1 * resolution || !(predicted > 0)) {
      radius = atLeast(resolution, 0.1 * radius);
    } else {
      const tried = yield* evaluate(sum(simplex.pole.x, step), simplex);
      const reduction = simplex.pole.value - tried.value;
      radius = atLeast(resolution, nextRadius(radius, length, reduction / predicted));
      const dropped = vertexToDrop(simplex, model, step, reduction > 0, radius, resolution);
      if (dropped !== null) simplex = replaceVertex(simplex, dropped, tried);
      failed = reduction <= 0 || dropped === null;
    }
    if (!failed) continue;
    if (!sound) {
      simplex = yield* repair(simplex, radius);
    } else if (Math.max(radius, length) <= resolution) {
      if (resolution <= LAST_RESOLUTION) return simplex.pole;
      const finer = finerResolution(resolution);
      radius = Math.max(0.5 * resolution, finer);
      resolution = finer;
    }
  }
}

/** A step along each axis, always from the best point so far. */
function* firstSimplex(start: Float64Array): Generator<Float64Array, Simplex, number> {
  let pole: Vertex = { x: start, value: yield start };
  const others: Vertex[] = [];
  for (let i = 0; i < start.length; i++) {
    const x = pole.x.with(i, (pole.x[i] as number) + FIRST_RESOLUTION);
    const vertex = { x, value: yield x };
    others.push(vertex.value < pole.value ? pole : vertex);
    if (vertex.value < pole.value) pole = vertex;
  }
  return { pole, others };
}

/** The value of a point, or that of a vertex which lies at the same place. */
function* evaluate(
  x: Float64Array,
  { pole, others }: Simplex,
): Generator<Float64Array, Vertex, number> {
  const near = (1e-4 * LAST_RESOLUTION) ** 2;
  const known = [...others, pole].find((vertex) => squaredDistance(vertex.x, x) <= near);
  return { x, value: known === undefined ? yield x : known.value };
}

/** Moves the farthest vertex to half a radius from the pole, at right angles to the other edges. */
function* repair(simplex: Simplex, radius: number): Generator<Float64Array, Simplex, number> {
  const model = geometry(simplex);
  if (model === null || isSound(model, radius)) return simplex;
  const farthest = model.lengths.indexOf(Math.max(...model.lengths));
  const normal = Float64Array.from(model.inverse.getColumn(farthest));
  const descending = dot(normal, model.gradient) > 0 ? -1 : 1;
  const scale = (descending * radius) / 2 / Math.hypot(...normal);
  const x = sum(
    simplex.pole.x,
    normal.map((value) => value * scale),
  );
  return replaceVertex(simplex, farthest, yield* evaluate(x, simplex));
}

/** Whether no vertex is farther from the pole than two radii. */
function isSound({ lengths }: Geometry, radius: number): boolean {
  return lengths.every((length) => length <= 4 * radius ** 2);
}

/** The minimiser of a linear function within a ball; 0 where it is constant. */
function steepestStep(gradient: Float64Array, radius: number): Float64Array {
  const norm = Math.hypot(...gradient);
  return gradient.map((value) => (norm > 0 ? -radius * (value / norm) : 0));
}

function nextRadius(radius: number, length: number, ratio: number): number {
  if (ratio <= POOR) return 0.5 * length;
  return Math.max(0.5 * radius, ratio <= GOOD ? length : 2 * length);
}

/** A radius near the resolution is the resolution. */
function atLeast(resolution: number, radius: number): number {
  return radius <= 1.5 * resolution ? resolution : radius;
}

/**
 * The vertex to give up for pole + step: far from the (new) pole, and such that the simplex stays well
 * spread, which its Lagrange function at the step measures. n stands for the pole itself.
 */
function vertexToDrop(
  { pole, others }: Simplex,
  { inverse }: Geometry,
  step: Float64Array,
  improved: boolean,
  radius: number,
  resolution: number,
): number | null {
  const center = improved ? sum(pole.x, step) : pole.x;
  const unit = Math.max(resolution, radius / 10) ** 2;
  const lagrange = others.map((_, j) => dot(step, Float64Array.from(inverse.getColumn(j))));
  const ofPole = 1 - lagrange.reduce((total, value) => total + value, 0);
  const scores = [...others, pole].map(({ x }, j) => {
    if (j === others.length && !improved) return -1;
    const value = j === others.length ? ofPole : (lagrange[j] as number);
    return Math.max(1, squaredDistance(x, center) / unit) * Math.abs(value);
  });
  const highest = Math.max(...scores);
  return highest > 0 ? scores.indexOf(highest) : null;
}

function finerResolution(resolution: number): number {
  const left = resolution / LAST_RESOLUTION;
  if (left <= 16) return LAST_RESOLUTION;
  return left > 250 ? 0.1 * resolution : Math.sqrt(left) * LAST_RESOLUTION;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + value * (b[i] as number), 0);
}
