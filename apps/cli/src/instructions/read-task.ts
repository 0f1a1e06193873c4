import { readFileSync } from 'node:fs';
import { type InstructionTask, instructionTask } from '@quaestor/peft';
import * as z from 'zod';
import { InputError } from '../errors.ts';

const EXAMPLE =
  '{ "templates": [{ "instruction": "…", "input": "{column}", "output": "{label}" }], "options": [], "names": {} }';

/**
 * Reads the wordings of a task.
 * @throws InputError with everything that is wrong with the file
 */
export function readTask(path: string): InstructionTask {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new InputError(`${path}: ${(cause as Error).message}`, { cause });
  }
  const parsed = instructionTask.safeParse(content);
  if (!parsed.success) {
    throw new InputError(
      `${path} is no task, which looks like ${EXAMPLE}:\n${z.prettifyError(parsed.error)}`,
    );
  }
  const { templates, options, names } = parsed.data;
  return { templates, ...(options && { options }), ...(names && { names }) };
}
