/** `--threshold` and `--prior` as words of the command line. */
import type { ThresholdRule } from '@quaestor/tabllm';
import { InputError } from '../errors.ts';

/** `f1`, `youden`, or `cost:1:5`: what a false alarm and a miss cost. */
export function readThreshold(text: string): ThresholdRule {
  if (text === 'f1' || text === 'youden') return { by: text };
  const [, falsePositive, falseNegative] = /^cost:([\d.]+):([\d.]+)$/.exec(text)?.map(Number) ?? [];
  if (falsePositive !== undefined && falseNegative !== undefined) {
    if (falsePositive > 0 && falseNegative > 0) return { by: 'cost', falsePositive, falseNegative };
  }
  throw new InputError(
    `--threshold: expected f1, youden or cost:<of a false alarm>:<of a miss>, got ${text}.`,
  );
}

/** `estimate`, or the class shares with commas. */
export function readPrior(text: string): readonly number[] | 'estimate' {
  if (text === 'estimate') return text;
  const shares = text.split(',').map(Number);
  if (shares.every((share) => share > 0)) return shares;
  throw new InputError(`--prior: expected estimate or class shares such as 0.9,0.1, got ${text}.`);
}
