/**
 * How fast products have ever been on this machine. A short probe on a busy machine tells of what else it does:
 * with the form of numbers that it picks, an answer would change from one start to the next.
 */
import { readFileSync } from 'node:fs';
import { replaceFile } from '../io/replace-file.ts';
import type { ProductSpeed } from './chosen-precision.ts';

/** Less of a gain is not worth a write. */
const GAIN = 1.02;
const FORMS = ['float32', 'bfloat16', 'mixed', 'bytes'] as const;

/**
 * The best of a probe and of those before it, which a file beside the compiled kernels keeps: it is of one processor
 * as they are. What cannot be read or written is as if there were none.
 * @param kernels path of the kernels
 */
export function bestSpeed(kernels: string, probed: ProductSpeed): ProductSpeed {
  const path = `${kernels}.speed.json`;
  const before = readSpeed(path);
  if (before === undefined) {
    keepSpeed(path, probed);
    return probed;
  }
  const best = { ...before };
  for (const form of FORMS) best[form] = Math.max(before[form], probed[form]);
  if (FORMS.some((form) => best[form] > GAIN * before[form])) keepSpeed(path, best);
  return best;
}

function readSpeed(path: string): ProductSpeed | undefined {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const speeds = FORMS.map((form) => found[form]);
    const areSpeeds = speeds.every((one) => typeof one === 'number' && one >= 0 && one < 1e7);
    return areSpeeds ? (found as unknown as ProductSpeed) : undefined;
  } catch {
    return undefined;
  }
}

function keepSpeed(path: string, speed: ProductSpeed): void {
  try {
    replaceFile(path, Buffer.from(`${JSON.stringify(speed)}\n`));
  } catch {
    // A folder that is only read has the probe of each start.
  }
}
