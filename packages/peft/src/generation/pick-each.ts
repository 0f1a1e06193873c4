import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import { type PickedToken, pickTokens, type RowChoice } from './sampling.ts';

/** Stands where a row failed; nobody reads it. */
const NONE: PickedToken = { id: -1, logProbability: 0 };

/**
 * As `pickTokens`, but a rule that throws costs its own row alone: all rows are then picked one by one.
 * @param failed told of each row that has no token
 */
export function pickEach(
  logits: Tensor,
  choices: readonly RowChoice[],
  failed: (row: number, error: unknown) => void,
): PickedToken[] {
  try {
    return pickTokens(logits, choices);
  } catch {
    const { tf } = engine();
    return choices.map((choice, row) => {
      try {
        const [picked = NONE] = pickTokens(tf.slice(logits, [row, 0], [1, -1]), [choice]);
        return picked;
      } catch (error) {
        failed(row, error);
        return NONE;
      }
    });
  }
}
