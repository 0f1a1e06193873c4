/** Unfinished runs of the same name that a run leaves alone, for they were begun otherwise. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkpointStep } from '@quaestor/peft';
import type { Progress } from '../progress.ts';

/**
 * Tells of each one that has a checkpoint: who meant to go on with it learns that this run does not.
 * @param checkpoints folder of this run, beside those of the others
 */
export function tellOtherRuns(checkpoints: string, name: string, progress: Progress): void {
  const folder = dirname(checkpoints);
  const there = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const runs = there.filter((item) => item.isDirectory() && item.name !== basename(checkpoints));
  for (const run of runs) {
    const step = checkpointStep(join(folder, run.name));
    if (step === 0) continue;
    progress.line({
      en: `an unfinished run of ${name} with other settings or data stands at step ${step}; it is kept, and --restart removes it`,
      zh: `${name} 有一个设置或数据不同的未完成训练，已到第 ${step} 步；它会保留，--restart 可将其删除`,
    });
  }
}
