/**
 * When to stop without rows to validate on: the labelled rows are learned, or their loss has stopped
 * falling. More epochs would then only wear the adapter into these few rows.
 */
export interface PlateauOptions {
  /** Mean loss of an epoch at which the rows count as learned. */
  readonly learned: number;
  /** Epochs without progress after which a run stops. */
  readonly patience: number;
  /** Share by which the best mean loss must fall to count as progress. */
  readonly progress: number;
}

/** @param epochs mean loss of each epoch so far */
export function hasSettled(
  epochs: readonly number[],
  { learned, patience, progress }: PlateauOptions,
): boolean {
  const last = epochs.at(-1);
  if (last === undefined) return false;
  if (last <= learned) return true;
  let best = Number.POSITIVE_INFINITY;
  let since = 0;
  for (const loss of epochs) {
    since = loss < best * (1 - progress) ? 0 : since + 1;
    best = Math.min(best, loss);
  }
  return since >= patience;
}

/** Means of the whole epochs among the losses of steps. */
export function epochMeans(losses: readonly number[], stepsPerEpoch: number): number[] {
  return Array.from({ length: Math.floor(losses.length / stepsPerEpoch) }, (_, epoch) => {
    const own = losses.slice(epoch * stepsPerEpoch, (epoch + 1) * stepsPerEpoch);
    return own.reduce((sum, loss) => sum + loss, 0) / stepsPerEpoch;
  });
}
