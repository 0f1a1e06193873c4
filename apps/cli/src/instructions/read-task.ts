import { type InstructionTask, instructionTask } from '@quaestor/peft';
import { readJsonAs } from '../read-json-as.ts';

const EXAMPLE =
  '{ "templates": [{ "instruction": "…", "input": "{column}", "output": "{label}" }], "options": [], "names": {} }';

/**
 * Reads the wordings of a task.
 * @throws InputError with everything that is wrong with the file
 */
export function readTask(path: string): InstructionTask {
  const what = `task, which looks like ${EXAMPLE}`;
  const { templates, options, names } = readJsonAs(path, instructionTask, what);
  return { templates, ...(options && { options }), ...(names && { names }) };
}
