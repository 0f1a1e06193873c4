import type { Tensor } from '@tensorflow/tfjs';
import { type PickedToken, pickTokens, type RowChoice, type TokenRule } from './sampling.ts';

/**
 * As `pickTokens`, but a rule that throws costs its own row alone: from then on it allows everything, so that
 * no other row is picked, or drawn for, a second time.
 * @param failed told of each row whose token nobody should read
 */
export function pickEach(
  logits: Tensor,
  choices: readonly RowChoice[],
  failed: (row: number, error: unknown) => void,
): PickedToken[] {
  const guardedChoices = choices.map(({ rule, ...choice }, row) => ({
    ...choice,
    rule: rule && guarded(rule, (error) => failed(row, error)),
  }));
  return pickTokens(logits, guardedChoices);
}

function guarded(rule: TokenRule, failed: (error: unknown) => void): TokenRule {
  if ('given' in rule) return rule;
  let broken = false;
  const attempt = <T>(ask: () => T, otherwise: () => T): T => {
    if (broken) return otherwise();
    try {
      return ask();
    } catch (error) {
      broken = true;
      failed(error);
      return otherwise();
    }
  };
  return {
    accepts: (id) =>
      attempt(
        () => rule.accepts(id),
        () => true,
      ),
    mask: (size) =>
      attempt(
        () => rule.mask(size),
        () => new Uint8Array(size).fill(1),
      ),
  };
}
