/**
 * How Laplace's log evidence changes with the kernel (Rasmussen and Williams 2006, algorithm 5.1):
 *   R = W^½ B⁻¹ W^½ = VᵀV with V = L⁻¹ W^½,  s = ½ (diag K − diag KRK) ∘ ∇³ log p,  u = (I − RK) s
 *   d log Z = Σᵢⱼ dKᵢⱼ (½ (αᵢαⱼ − Rᵢⱼ) + uᵢ ∇ log pⱼ)
 * The mode moves with the kernel, too: that is what u is for.
 */
import type { LaplaceState } from './laplace-mode.ts';
import { timesVector } from './matrix.ts';

/** The factors of dKᵢⱼ: [n, n]. @param signs ±1 of each row */
export function evidenceGradient(
  kernel: Float64Array,
  n: number,
  signs: Int8Array,
  { alpha, f, root, factor }: LaplaceState,
): Float64Array {
  const v = inverseOf(factor, root, n);
  const r = squareOf(v, n);
  const explained = explainedBy(v, kernel, n);
  const s = new Float64Array(n);
  const slope = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const p = 1 / (1 + Math.exp(-(f[i] as number)));
    const third = p * (1 - p) * (2 * p - 1);
    s[i] = 0.5 * ((kernel[i * n + i] as number) - (explained[i] as number)) * third;
    slope[i] = ((signs[i] as number) > 0 ? 1 : 0) - p;
  }
  const moved = timesVector(r, n, timesVector(kernel, n, s));
  for (let i = 0; i < n; i++) {
    const u = (s[i] as number) - (moved[i] as number);
    for (let j = 0; j < n; j++) {
      const own = (alpha[i] as number) * (alpha[j] as number) - (r[i * n + j] as number);
      r[i * n + j] = own / 2 + u * (slope[j] as number);
    }
  }
  return r;
}

/** V = L⁻¹ W^½, in the lower triangle: [n, n]. */
function inverseOf(factor: Float64Array, root: Float64Array, n: number): Float64Array {
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    v[row + i] = root[i] as number;
    for (let k = 0; k < i; k++) addRow(v, row, -(factor[row + k] as number), v, k * n, k + 1);
    const scale = 1 / (factor[row + i] as number);
    for (let j = 0; j <= i; j++) v[row + j] = (v[row + j] as number) * scale;
  }
  return v;
}

/** R = VᵀV: [n, n]. */
function squareOf(v: Float64Array, n: number): Float64Array {
  const r = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a <= i; a++) addRow(r, a * n, v[i * n + a] as number, v, i * n, a + 1);
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) r[j * n + i] = r[i * n + j] as number;
  return r;
}

/** The diagonal of KRK, which is that of (VK)ᵀ(VK). */
function explainedBy(v: Float64Array, kernel: Float64Array, n: number): Float64Array {
  const explained = new Float64Array(n);
  const row = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    row.fill(0);
    for (let k = 0; k <= i; k++) addRow(row, 0, v[i * n + k] as number, kernel, k * n, n);
    for (let j = 0; j < n; j++) explained[j] = (explained[j] as number) + (row[j] as number) ** 2;
  }
  return explained;
}

/** Adds so many entries of another row, times a factor. */
function addRow(
  into: Float64Array,
  at: number,
  factor: number,
  from: Float64Array,
  start: number,
  count: number,
): void {
  for (let j = 0; j < count; j++) {
    into[at + j] = (into[at + j] as number) + factor * (from[start + j] as number);
  }
}
