/**
 * How Laplace's log evidence changes with the kernel (Rasmussen and Williams 2006, algorithm 5.1):
 *   R = W^½ B⁻¹ W^½ = VᵀV with V = L⁻¹ W^½,  s = ½ (diag K − diag KRK) ∘ ∇³ log p,  u = (I − RK) s
 *   d log Z = Σᵢⱼ dKᵢⱼ (½ (αᵢαⱼ − Rᵢⱼ) + uᵢ ∇ log pⱼ)
 * The mode moves with the kernel, too: that is what u is for.
 */
import { multiply } from '@quaestor/peft';
import { inverseOfLower, squareOfLower } from './cholesky.ts';
import type { LaplaceState } from './laplace-mode.ts';
import { timesVector } from './matrix.ts';

/** The factors of dKᵢⱼ: [n, n]. @param signs ±1 of each row */
export function evidenceGradient(
  kernel: Float64Array,
  n: number,
  signs: Int8Array,
  { alpha, f, root, factor }: LaplaceState,
): Float64Array {
  const v = inverseOfLower(factor, n, root);
  const r = squareOfLower(v, n);
  const explained = squaresOfColumns(multiply(v, kernel, n, n, n), n);
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

/** The diagonal of AᵀA; with A = VK that of KRK. */
function squaresOfColumns(a: Float64Array, n: number): Float64Array {
  const squares = new Float64Array(n);
  for (const [at, entry] of a.entries()) squares[at % n] = (squares[at % n] as number) + entry ** 2;
  return squares;
}
