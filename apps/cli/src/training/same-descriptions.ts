/** A run that was stopped goes on only with the prompts that it was begun with. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DescriptionMarks,
  descriptionMarks,
  differingMarks,
  marksOf,
  type TextToSqlSet,
} from '@quaestor/finsql';
import { replaceFile } from '@quaestor/peft';
import { InputError } from '../errors.ts';

const FILE = 'descriptions.json';

/**
 * Notes under which descriptions a run is begun; one that goes on must have the same.
 * @param checkpoints folder of this very run; one of an earlier version has no note, and gets one
 * @throws InputError naming the databases whose descriptions have changed since
 */
export function expectSameDescriptions(
  checkpoints: string,
  sets: readonly TextToSqlSet[],
  out: string,
): void {
  const now = marksOfAll(sets);
  const file = join(checkpoints, FILE);
  const before = hasKept(checkpoints) ? readMarks(file) : undefined;
  const changed = before === undefined ? [] : differingMarks(before, now);
  if (changed.length > 0) {
    throw new InputError({
      en: `The unfinished run of ${out} was begun with other descriptions of ${changed.join(', ')}, so its prompts would change halfway. Begin it again with --restart, or describe them as they were.`,
      zh: `${out} 未完成的训练开始时，${changed.join('、')} 的说明与现在不同，继续会使提示词中途改变。请重新开始训练，或恢复当时的说明。`,
    });
  }
  if (before !== undefined) return;
  mkdirSync(checkpoints, { recursive: true });
  replaceFile(file, Buffer.from(`${JSON.stringify(now)}\n`));
}

/** By position and name: two sets may have databases of the same name. */
function marksOfAll(sets: readonly TextToSqlSet[]): DescriptionMarks {
  const [only, ...others] = sets;
  if (only !== undefined && others.length === 0) return marksOf(only.databases);
  return Object.fromEntries(
    sets.flatMap(({ databases }, index) =>
      Object.entries(marksOf(databases)).map(([name, mark]) => [
        `${name} (set ${index + 1})`,
        mark,
      ]),
    ),
  );
}

/** Whether there is anything to go on with. */
function hasKept(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name !== FILE);
}

function readMarks(file: string): DescriptionMarks | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return descriptionMarks.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
