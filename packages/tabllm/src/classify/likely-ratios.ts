/** Which ratios of two columns may tell what a line over the columns leaves unsaid: those that go with it most. */
import type { AmountRatio } from '../baseline/amount-ratios.ts';
import { fitRankScores, rankScore } from '../baseline/rank-scores.ts';
import type { HeldOutLine } from './held-out-line.ts';

/** Ratios that a line is made with, one after the other. */
const MOST_RATIOS = 3;

/** @param left of the rows, what a line leaves of each */
export function likelyRatios(
  ratios: readonly AmountRatio[],
  { left }: Pick<HeldOutLine, 'left'>,
): readonly AmountRatio[] {
  return ratios
    .map((ratio) => ({ ratio, share: shareTold(ratio.ratios, left) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_RATIOS)
    .map(({ ratio }) => ratio);
}

/** Squares that the ranks of ratios take off what is left: Σₖ (z · eₖ)² / z · z. */
function shareTold(ratios: readonly (number | null)[], left: readonly Float64Array[]): number {
  const ranks = fitRankScores(ratios.filter((ratio) => ratio !== null));
  const z = ratios.map((ratio) => (ratio === null ? 0 : rankScore(ranks, ratio)));
  const length = z.reduce((sum, one) => sum + one * one, 0);
  if (length === 0) return 0;
  return left.reduce((sum, ofClass) => {
    const along = z.reduce((total, one, at) => total + one * (ofClass[at] as number), 0);
    return sum + along ** 2 / length;
  }, 0);
}
