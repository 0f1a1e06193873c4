/** Self-Instruct into a file, going on where a run before was stopped. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { readJson } from '../io/json-file.ts';
import { discard, replaceFile } from '../io/replace-file.ts';
import { schemaReport } from '../schema-problems.ts';
import { writeInstructions } from './instruction-file.ts';
import { type InstructionRecord, instructionRecord } from './instruction-record.ts';
import { REJECTION_REASONS } from './judge-task.ts';
import {
  type ExpansionEnd,
  type ExpansionState,
  expandInstructions,
  expansionEnd,
  startExpansion,
} from './self-instruct.ts';
import type { SelfInstructConfig } from './self-instruct-config.ts';
import type { TextSource } from './text-source.ts';

const count = z.int().min(0);

/** Changes when the same seeds and settings draw other texts: a run goes on only as it was begun. */
const VERSION = 2;

/** What lies beside the output until it is finished. */
const progressFile = z.object({
  /** Of version, seeds and configuration. */
  begun: z.string(),
  state: z.object({
    round: count,
    idle: count,
    accepted: z.array(instructionRecord),
    rejected: z.record(z.enum(REJECTION_REASONS), count),
    examples: z.array(
      z.object({
        reason: z.enum(REJECTION_REASONS),
        instruction: z.string(),
        detail: z.string(),
      }),
    ),
  }),
});

export interface ExpansionReport extends ExpansionState {
  readonly end: ExpansionEnd;
}

/**
 * Grows an instruction set and writes the new tasks to `path` as JSON Lines when it ends. After every
 * round the progress is saved in `path` + `.progress.json`; a run that finds that file goes on from it.
 *
 * @param onRound told the state after every round
 * @throws PeftError 'mismatch' when the progress was begun with other seeds or settings, 'bad-file'
 *   when it is damaged or cannot be written, 'aborted' when the signal fires
 */
export async function expandInstructionFile(
  path: string,
  seeds: readonly InstructionRecord[],
  source: TextSource,
  config: SelfInstructConfig,
  options: {
    readonly signal?: AbortSignal;
    readonly onRound?: (state: ExpansionState) => void;
  } = {},
): Promise<ExpansionReport> {
  const progress = `${path}.progress.json`;
  const begun = createHash('sha256')
    .update(JSON.stringify([VERSION, seeds, config]))
    .digest('hex');
  let state = readProgress(progress, begun) ?? startExpansion();
  for await (const next of expandInstructions(seeds, source, config, { ...options, state })) {
    state = next;
    replaceFile(progress, Buffer.from(JSON.stringify({ begun, state })));
    options.onRound?.(state);
  }
  await writeInstructions(path, state.accepted);
  discard(progress);
  return { ...state, end: expansionEnd(state, config) ?? 'rounds' };
}

function readProgress(path: string, begun: string): ExpansionState | null {
  if (!existsSync(path)) return null;
  const content = readJson(path);
  const parsed = progressFile.safeParse(content);
  if (!parsed.success) {
    throw new PeftError(
      'bad-file',
      {
        en: `${path} is damaged: remove it to begin again.`,
        zh: `${path} 已损坏，请删除它后重新开始。`,
      },
      { problems: schemaReport(progressFile, content, parsed.error) },
    );
  }
  if (parsed.data.begun !== begun) {
    throw new PeftError('mismatch', {
      en: `${path} was begun with other seed tasks or settings, or by an older version: use those, or remove it to begin again.`,
      zh: `${path} 以另外的种子任务或设置，或由旧版本开始：请使用那些任务和设置，或删除它后重新开始。`,
    });
  }
  return parsed.data.state;
}
