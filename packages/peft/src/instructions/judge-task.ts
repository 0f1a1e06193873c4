/**
 * Which generated tasks are kept: the filters of Self-Instruct (Wang et al. 2022, §2.2). Its filter
 * for instructions that begin outside of ASCII is left out, since tasks may be Chinese.
 */
import { words } from '../in-context/words.ts';
import type { InstructionRecord } from './instruction-record.ts';
import { likest } from './rouge.ts';
import type { SelfInstructConfig } from './self-instruct-config.ts';
import type { TaskDraft } from './task-text.ts';

export const REJECTION_REASONS = [
  'cut-off', // the completion ended inside it
  'incomplete', // it lacks an instruction or an output
  'too-short',
  'too-long',
  'banned-word',
  'banned-start',
  'starts-with-punctuation',
  'echo', // the output repeats the input or the instruction
  'already-present', // an instruction of the same words is known
  'too-similar', // ROUGE-L with a known instruction reaches the threshold
] as const;

export type RejectionReason = (typeof REJECTION_REASONS)[number];

export interface Rejection {
  readonly reason: RejectionReason;
  readonly instruction: string;
  /** The word, number or known instruction that decided. */
  readonly detail: string;
}

/** The known instructions, split into words once. */
export interface TaskPool {
  readonly instructions: readonly string[];
  readonly words: readonly (readonly string[])[];
  has(words: readonly string[]): boolean;
  add(instruction: string): void;
}

/** A pool of the instructions of some records. */
export function taskPool(records: readonly InstructionRecord[]): TaskPool {
  const instructions: string[] = [];
  const split: string[][] = [];
  const keys = new Set<string>();
  const pool: TaskPool = {
    instructions,
    words: split,
    has: (list) => keys.has(list.join(' ')),
    add: (instruction) => {
      const list = words(instruction);
      instructions.push(instruction);
      split.push(list);
      keys.add(list.join(' '));
    },
  };
  for (const { instruction } of records) pool.add(instruction);
  return pool;
}

/** The record of a draft that passes, or why it does not: the first filter that it fails. */
export function judgeTask(
  draft: TaskDraft,
  pool: TaskPool,
  config: SelfInstructConfig,
): InstructionRecord | Rejection {
  const { instruction, input, output } = draft;
  const reject = (reason: RejectionReason, detail = ''): Rejection => ({
    reason,
    instruction,
    detail,
  });
  if (instruction === '') return reject('incomplete', 'no instruction');
  if (output === null || output === '') return reject('incomplete', 'no output');
  const list = words(instruction);
  if (list.length < config.minWords) return reject('too-short', `${list.length} words`);
  if (list.length > config.maxWords) return reject('too-long', `${list.length} words`);
  const spaced = spacedWords(list);
  const banned = config.bannedWords.find((phrase) => spaced.includes(spacedWords(words(phrase))));
  if (banned !== undefined) return reject('banned-word', banned);
  const start = config.bannedStarts.find((phrase) => spaced.startsWith(spacedWords(words(phrase))));
  if (start !== undefined) return reject('banned-start', start);
  if (/^[\p{P}\p{S}]/u.test(instruction)) return reject('starts-with-punctuation');
  if ([instruction, input].some((text) => text.toLowerCase() === output.toLowerCase())) {
    return reject('echo');
  }
  if (pool.has(list)) return reject('already-present');
  const known = likest(list, pool.words, config.rougeL);
  if (known !== null) {
    const nearest = pool.instructions[known.index] ?? '';
    return reject('too-similar', `${known.score.toFixed(2)} ${nearest}`);
  }
  return { instruction, input, output };
}

/** Words between spaces, so that only whole words are found in it; a phrase without words is never. */
function spacedWords(list: readonly string[]): string {
  return list.length === 0 ? '\0' : ` ${list.join(' ')} `;
}
