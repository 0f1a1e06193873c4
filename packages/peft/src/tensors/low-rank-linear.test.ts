/** The fused product against the same composed from tfjs ops, values and gradients. */
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/index.ts';
import { cast } from './cast.ts';
import { type DropoutDraw, dropoutMask } from './dropout-mask.ts';
import { engine, loadEngine, type Precision } from './engine.ts';
import { type LowRankOptions, lowRankLinear } from './low-rank-linear.ts';
import { type LowRankPart, lowRankMatrices } from './low-rank-matrices.ts';
import { seededRandom } from './random.ts';

const { fused } = await loadEngine();
const [rows, inputs, outputs] = [37, 24, 20];
const dropout: DropoutDraw = { rate: 0.4, seed: 12345 };

/** x, W and two corrections, of rows 2…9 and 12…19; every b is used with two rank columns or three. */
function setting(precision: Precision, magnitudes: boolean) {
  const { tf } = engine();
  const random = seededRandom(5);
  const draw = (...shape: number[]): Tensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    return tf.tensor(
      Float32Array.from({ length: size }, () => random.normal()),
      shape,
    );
  };
  const trained = (tensor: Tensor) => tf.variable(tensor);
  const x = trained(draw(rows, inputs));
  const weight = cast(draw(outputs, inputs), precision);
  const part = (start: number, r: number, scale: number): LowRankPart => ({
    a: trained(draw(r, inputs)),
    b: trained(draw(8, r)),
    scale,
    start,
    ...(magnitudes && { magnitude: trained(tf.abs(draw(8))) }),
  });
  return { x, weight, parts: [part(2, 2, 0.5), part(12, 3, 2)], target: draw(rows, outputs) };
}

type Setting = ReturnType<typeof setting>;

/** y in float32, W·x and the corrections one by one. */
function composed({ x, weight, parts }: Setting, draw?: DropoutDraw): Tensor {
  const { tf } = engine();
  const wide = cast(weight, 'float32') as Tensor2D;
  const input = draw ? tf.mul(x, dropoutMask(rows, inputs, draw, 'float32')) : x;
  const pieces = parts.map(({ a, b, scale, start, magnitude }) => {
    const size = b.shape[0] as number;
    const padding: [[number, number], [number, number]] = [
      [0, 0],
      [start, outputs - start - size],
    ];
    const delta = tf.matMul(
      tf.matMul(input as Tensor2D, a as Tensor2D, false, true),
      b as Tensor2D,
      false,
      true,
    );
    const scaled = tf.pad(tf.mul(delta, scale) as Tensor2D, padding);
    if (!magnitude) return { scaled, factor: tf.zeros([outputs]) };
    const change = tf.matMul(b as Tensor2D, a as Tensor2D);
    const v = tf.add(tf.slice(wide, [start, 0], [size, inputs]), tf.mul(change, scale));
    // A constant of the gradient, as in the kernel.
    const length = tf.tensor1d(tf.sqrt(tf.sum(tf.square(v), 1)).dataSync() as Float32Array);
    const factor = tf.pad1d(tf.sub(tf.div(magnitude, length), 1).as1D(), [
      start,
      outputs - start - size,
    ]);
    return { scaled, factor };
  });
  const y = tf.addN([tf.matMul(x as never, wide, false, true), ...pieces.map((p) => p.scaled)]);
  return tf.mul(y, tf.add(tf.addN(pieces.map((p) => p.factor)), 1));
}

function gradients(
  given: Setting,
  forward: () => Tensor,
  frozenA = false,
): Map<string, Float32Array> {
  const { tf } = engine();
  const { x, parts, target } = given;
  const loss = (): Scalar => tf.sum(tf.mul(cast(forward(), 'float32'), target));
  const named = new Map<string, Tensor>([['x', x]]);
  for (const [i, { a, b, magnitude }] of parts.entries()) {
    if (!frozenA) named.set(`a${i}`, a);
    named.set(`b${i}`, b);
    if (magnitude) named.set(`m${i}`, magnitude);
  }
  const { grads, value } = tf.variableGrads(loss, [...named.values()] as never);
  value.dispose();
  const found = [...named].flatMap(([name, tensor]) => {
    const gradient = grads[(tensor as Tensor & { name: string }).name];
    return gradient ? [[name, Float32Array.from(gradient.dataSync())] as const] : [];
  });
  tf.dispose(Object.values(grads));
  return new Map(found);
}

describe.runIf(fused)('lowRankLinear', () => {
  /** Name, how the weight is kept, in which precision it multiplies … */
  const cases: readonly [string, Precision, Precision, boolean, LowRankOptions][] = [
    ['two corrections', 'float32', 'float32', false, {}],
    ['dropout', 'float32', 'float32', false, { dropout }],
    ['magnitudes', 'float32', 'float32', true, {}],
    ['a frozen A', 'float32', 'float32', false, { frozenA: true }],
    ['a frozen A with dropout', 'float32', 'float32', false, { frozenA: true, dropout }],
    ['two corrections', 'bfloat16', 'bfloat16', false, {}],
    ['dropout', 'bfloat16', 'bfloat16', false, { dropout }],
    ['magnitudes', 'bfloat16', 'bfloat16', true, {}],
    ['two corrections', 'bfloat16', 'float32', false, {}],
    ['dropout', 'bfloat16', 'float32', false, { dropout }],
    ['magnitudes', 'bfloat16', 'float32', true, {}],
  ];
  it.each(cases)('agrees with its equation: %s, kept in %s, in %s', (...of) => {
    const [, storage, precision, magnitudes, options] = of;
    const { tf } = engine();
    tf.engine().startScope();
    const given = setting(storage, magnitudes);
    const matrices = lowRankMatrices(given.weight, given.parts, { precision });
    const forward = (): Tensor => lowRankLinear(given.x, matrices, given.parts, options);
    const tolerance = storage === 'float32' ? 2e-6 : 2e-2;
    const compare = (found: ArrayLike<number>, wanted: ArrayLike<number>, name: string): void => {
      const size = Math.max(...Array.from(wanted, Math.abs));
      expect(largestDifference(found, wanted) / size, name).toBeLessThan(tolerance);
    };
    const reference = composed(given, options.dropout ?? undefined);
    compare(cast(forward(), 'float32').dataSync(), reference.dataSync(), 'y');
    const frozen = options.frozenA ?? false;
    const equation = (): Tensor => composed(given, options.dropout ?? undefined);
    const wanted = gradients(given, equation, frozen);
    const found = gradients(given, forward, frozen);
    expect([...found.keys()]).toEqual([...wanted.keys()]);
    for (const [name, values] of wanted) compare(found.get(name) ?? [], values, name);
    matrices.dispose();
    const trained = given.parts.flatMap(({ a, b, magnitude }) => [
      a,
      b,
      ...(magnitude ? [magnitude] : []),
    ]);
    tf.dispose([given.x, ...trained]);
    tf.engine().endScope();
  });

  it('keeps a row of zeros at zero, with finite gradients', () => {
    const { tf } = engine();
    tf.engine().startScope();
    const x = tf.variable(tf.ones([2, 3]));
    const [a, b, magnitude] = [tf.zeros([1, 3]), tf.zeros([2, 1]), tf.tensor1d([0, 2])].map((one) =>
      tf.variable(one),
    ) as Tensor[] as [Tensor, Tensor, Tensor];
    const parts = [{ a, b, magnitude, scale: 1, start: 0 }];
    const matrices = lowRankMatrices(
      tf.tensor2d([
        [0, 0, 0],
        [0, 4, 0],
      ]),
      parts,
    );
    const forward = (): Tensor => lowRankLinear(x, matrices, parts);
    expect([...forward().dataSync()]).toEqual([0, 2, 0, 2]);
    const found = gradients({ x, parts, weight: x, target: tf.ones([2, 2]) }, forward);
    for (const values of found.values()) expect(values.every(Number.isFinite)).toBe(true);
    expect([...(found.get('m0') ?? [])]).toEqual([0, 2]);
    matrices.dispose();
    tf.dispose([x, a, b, magnitude]);
    tf.engine().endScope();
  });
});

describe('dropoutMask', () => {
  it('is a function of its seed, with the right share and mean', () => {
    const { tf } = engine();
    tf.tidy(() => {
      const mask = (seed: number): Float32Array =>
        dropoutMask(200, 100, { rate: 0.3, seed }, 'float32').dataSync() as Float32Array;
      const first = mask(1);
      expect(mask(1)).toEqual(first);
      expect(mask(2)).not.toEqual(first);
      const dropped = first.filter((value) => value === 0).length / first.length;
      expect(Math.abs(dropped - 0.3)).toBeLessThan(3 * Math.sqrt((0.3 * 0.7) / first.length));
      expect(Math.max(...first)).toBeCloseTo(1 / 0.7, 6);
    });
  });
});
