import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { defineJobKind } from '../../apps/server/src/jobs/job-kind.ts';

const program = fileURLToPath(new URL('step-program.mjs', import.meta.url));

/** Counts to a number, one kept step after the other. */
export const stepKind = defineJobKind({
  name: 'steps',
  summary: { en: 'Count', zh: '计数' },
  lane: 'heavy',
  params: z.strictObject({
    steps: z.int().positive().default(5),
    milliseconds: z.int().min(0).default(5),
    failAt: z.int().min(0).optional(),
  }),
  command: ({ steps, milliseconds, failAt }) => [
    program,
    String(steps),
    String(milliseconds),
    ...(failAt === undefined ? [] : [String(failAt)]),
  ],
});

/** The same work beside it. */
export const lightKind = defineJobKind({ ...stepKind, name: 'light-steps', lane: 'light' });

/** Steps that were kept, in the order in which they were. */
export function keptSteps(folder: string): readonly number[] {
  const path = join(folder, 'steps.txt');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map(Number) : [];
}
