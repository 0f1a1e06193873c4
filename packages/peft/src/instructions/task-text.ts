/** Tasks as a language model reads and writes them: headed lines, under numbers. */
import type { InstructionRecord } from './instruction-record.ts';

/** A task that a model wrote; what it did not write is null. */
export interface TaskDraft {
  readonly instruction: string;
  readonly input: string;
  readonly output: string | null;
}

/** Stands for an empty input, which a model would otherwise fill or leave out at will. */
const NO_INPUT = '<noinput>';

const EMPTY_INPUT = /^[<([]?\s*(?:no[ _-]?input|none|n\/a|empty)\s*[>)\]]?\.?$/iu;
/** `Task 3`, `## Task 3: …`, `**Task 3**`; what follows is the beginning of the instruction. */
const TASK = /^[\s*#>-]*task\s*\d+\s*[.:)*]*(.*)$/iu;
/** `Instruction: …`, `2. **Input:** …` */
const FIELD = /^[\s*#>-]*(?:\d+\s*[.)]\s*)?(instruction|input|output)s?\s*\**\s*[:：]\s*\**(.*)$/iu;
const RULE = /^\s*[#*_=-]{3,}\s*$/u;

/** A prompt that shows tasks and asks for `more`, ending where a model that continues it begins. */
export function taskPrompt(shown: readonly InstructionRecord[], more: number): string {
  return [
    `Each task below has an instruction, an input that may be ${NO_INPUT}, and the right output.`,
    `Write ${more} more tasks in the same form. They must differ from these and from each other in what they ask for and how they say it.`,
    ...shown.map((task, i) => `\n${taskText(task, i + 1)}`),
    `\nTask ${shown.length + 1}\nInstruction:`,
  ].join('\n');
}

/** One task as `taskPrompt` shows it. */
export function taskText(
  { instruction, input, output }: InstructionRecord,
  number: number,
): string {
  const shownInput = input === '' ? NO_INPUT : input;
  return `Task ${number}\nInstruction: ${instruction}\nInput: ${shownInput}\nOutput: ${output}`;
}

/**
 * The tasks in a completion of `taskPrompt`, complete or not. What stands before the first heading
 * is the instruction that the prompt left open.
 */
export function parseTasks(text: string): TaskDraft[] {
  const drafts: TaskDraft[] = [];
  let parts = emptyParts();
  let field: Field = 'instruction';
  const close = () => {
    const draft = draftOf(parts);
    if (draft !== null) drafts.push(draft);
    parts = emptyParts();
    field = 'instruction';
  };
  for (const line of text.split(/\r\n?|\n/u)) {
    const heading = FIELD.exec(line);
    const task = heading === null ? TASK.exec(line) : null;
    if (task !== null) {
      close();
      parts.instruction.push(task[1] ?? '');
    } else if (heading !== null) {
      const next = (heading[1] as string).toLowerCase() as Field;
      // A heading that comes again belongs to another task, also where its number was left out.
      if (parts[next].length > 0 || (next === 'instruction' && draftOf(parts))) close();
      field = next;
      parts[field].push(heading[2] ?? '');
    } else if (!RULE.test(line)) {
      parts[field].push(line);
    }
  }
  close();
  return drafts;
}

type Field = 'instruction' | 'input' | 'output';

function emptyParts(): Record<Field, string[]> {
  return { instruction: [], input: [], output: [] };
}

/** The draft of what was collected; null when it is nothing but white space. */
function draftOf({ instruction, input, output }: Record<Field, readonly string[]>) {
  const given = input.join('\n').trim();
  const draft: TaskDraft = {
    instruction: instruction.join('\n').trim(),
    input: EMPTY_INPUT.test(given) ? '' : given,
    output: output.length === 0 ? null : output.join('\n').trim(),
  };
  return draft.instruction || draft.input || draft.output ? draft : null;
}
