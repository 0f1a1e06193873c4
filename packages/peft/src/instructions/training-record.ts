/**
 * What a model may be trained on, one record a line: an instruction with its answer, which a chat
 * model reads as a conversation, or a bare prompt with its completion.
 */
import * as z from 'zod';
import type { EncodeOptions, Tokenizer } from '../tokenizer/tokenizer.ts';
import type { TrainExample } from '../trainer/batches.ts';
import {
  type InstructionRecord,
  instructionMessages,
  instructionRecord,
} from './instruction-record.ts';
import { readJsonLines } from './json-lines.ts';

const promptRecord = z.object({
  prompt: z.string().describe('what the model reads, as it is'),
  completion: z.string().min(1).describe('what it is to write, up to the end of the text'),
});

const BOTH = 'has prompt and completion, and instruction and output: leave out the two not meant';
const bothForms = z.never({ error: BOTH });
const WORDS = {
  [BOTH]: '同时有 prompt、completion 和 instruction、output，请删去不需要的两个字段',
};

/** A prompt and how it goes on. */
export type PromptRecord = Readonly<z.infer<typeof promptRecord>>;

export type TrainingRecord = InstructionRecord | PromptRecord;

/**
 * Yields the records of a file of JSON Lines, both forms mixed as they may be.
 * @throws PeftError 'not-found', or 'bad-file' with all bad lines
 */
export function readTrainingRecords(path: string): AsyncGenerator<TrainingRecord> {
  return readJsonLines<TrainingRecord>(path, {
    expected: ['{"instruction", "input", "output"}', '{"prompt", "completion"}'],
    schemaOf: (line) => {
      if (!isPrompted(line)) return instructionRecord;
      return hasBoth(line) ? bothForms : promptRecord;
    },
    words: WORDS,
  });
}

/**
 * A record as ids that end with the model's end token; the loss is taken on the answer and that token. An
 * instruction and its answer are plain text, a prompt is read as it is.
 * @param options.special whether special tokens in a prompt and its completion are meant as such, default true
 * @throws PeftError 'unsupported' for an instruction where the model has no chat template
 */
export function encodeRecord(
  record: TrainingRecord,
  tokenizer: Tokenizer,
  options: EncodeOptions = {},
): TrainExample {
  const [before, answer] =
    'prompt' in record
      ? [tokenizer.encode(record.prompt, options), tokenizer.encode(record.completion, options)]
      : conversation(record, tokenizer);
  const end = tokenizer.endIds.slice(0, 1);
  return { ids: [...before, ...answer, ...end], labelStart: before.length };
}

function conversation(record: InstructionRecord, tokenizer: Tokenizer): [number[], number[]] {
  return [
    tokenizer.encodeChat(instructionMessages(record).slice(0, 1)),
    tokenizer.encode(record.output, { special: false }),
  ];
}

function isPrompted(line: unknown): line is object {
  return typeof line === 'object' && line !== null && ('prompt' in line || 'completion' in line);
}

function hasBoth(line: object): boolean {
  return ['prompt', 'completion', 'instruction', 'output'].every((field) => field in line);
}
