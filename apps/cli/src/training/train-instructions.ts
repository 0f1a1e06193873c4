import type { TrainConfig } from '@quaestor/peft';
import type { Terminal } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { tellOtherRuns } from './other-runs.ts';
import { encodeRecords, readRecords } from './read-records.ts';
import { type AdapterRun, type TrainedAdapter, trainOnExamples } from './train-adapter.ts';

export interface InstructionTraining {
  /** Files of JSON Lines. */
  readonly records: readonly string[];
  /** Tokens of an example at most. */
  readonly maxLength: number;
  readonly model?: string | undefined;
  readonly train: TrainConfig;
}

export interface InstructionTrainingResult extends TrainedAdapter {
  /** Records that are too long. */
  readonly skipped: number;
}

/** Trains an adapter on instruction records and puts it into the hub. */
export async function trainInstructions(
  { records: files, maxLength, model: name, train: config }: InstructionTraining,
  run: AdapterRun,
  terminal: Terminal,
): Promise<InstructionTrainingResult> {
  const progress = new Progress(terminal);
  tellOtherRuns(run.checkpoints, run.out, progress);
  const records = await readRecords(files);
  const model = await openBaseModel(name, terminal, { checkpoints: run.checkpoints });
  try {
    const { examples, skipped } = encodeRecords(records, model, maxLength);
    progress.line(`${examples.length} examples; ${skipped} left out because they are too long`);
    const source = {
      purpose: { en: 'Instructions', zh: '指令' },
      tags: ['instructions'],
      recipe: { records: files, maxLength },
    };
    const trained = await trainOnExamples(model, examples, config, run, source, terminal, progress);
    return { ...trained, skipped };
  } finally {
    progress.clear();
    model.dispose();
  }
}
