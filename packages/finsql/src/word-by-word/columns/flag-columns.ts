/** Columns of yes and no. */
import type { Column } from '../../schema/schema.ts';

/** Two words of which a column of yes and no holds the first where it is so. */
const PAIRS = [
  ['T', 'F'],
  ['Y', 'N'],
  ['yes', 'no'],
  ['true', 'false'],
  ['是', '否'],
  ['有', '无'],
] as const;

/** What a column of yes and no holds where it is so, and where not. */
export type Flag = readonly [yes: string | number, no: string | number];

/** What a column of yes and no holds, in its own spelling; undefined for other columns. */
export function flagOf({ kind, samples, type }: Column): Flag | undefined {
  const isBinary = samples.every((sample) => /^[01]$/.test(sample));
  if (kind === 'boolean' && isBinary) return [1, 0];
  if (samples.length === 0 || samples.length > 2) return undefined;
  if (isBinary) return samples.length === 2 && !/char|text/i.test(type) ? [1, 0] : undefined;
  const held = new Map(samples.map((sample) => [sample.toLowerCase(), sample]));
  const pair = PAIRS.find((words) => {
    const known: readonly string[] = words.map((word) => word.toLowerCase());
    return [...held.keys()].every((sample) => known.includes(sample));
  });
  if (pair === undefined) return undefined;
  const [yes, no] = pair;
  return [held.get(yes.toLowerCase()) ?? yes, held.get(no.toLowerCase()) ?? no];
}
