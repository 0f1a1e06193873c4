import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  createCrossEncoder,
  crossEncoderConfig,
  labelledPairs,
  writeCrossEncoder,
} from '@quaestor/finsql';
import { seededRandom, train, trainConfig } from '@quaestor/peft';
import * as z from 'zod';
import { openAdapters } from '../adapters.ts';
import { defineCommand, jsonOption, modelOption } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { followTraining } from '../training/follow-training.ts';
import { tellOtherRuns } from '../training/other-runs.ts';
import { readSets } from '../training/read-sets.ts';
import { expectSameDescriptions } from '../training/same-descriptions.ts';
import { soleRun } from '../training/sole-run.ts';
import { adapterFlags, prepareRun } from '../training/training-flags.ts';

const { shape } = trainConfig;

/** `quaestor train retriever`: the cross-encoder that reads a question with each table. */
export const trainRetriever = defineCommand({
  options: z.object({
    questions: z.array(z.string()).min(1).describe('JSON file of questions in Spider’s form'),
    databases: z.array(z.string()).min(1).describe('folder of the databases that they ask about'),
    tables: z.array(z.string()).default([]).describe('Spider’s tables.json for them'),
    out: z.string().min(1).describe('name of the retriever in the hub'),
    config: z.string().optional().describe('JSON file with any of these flags; flags win'),
    model: modelOption,
    limit: z.int().positive().optional().describe('questions of each file at most'),
    ...crossEncoderConfig.shape,
    learning_rate: shape.learning_rate,
    num_train_epochs: shape.num_train_epochs.describe('passes over the pairs'),
    max_steps: shape.max_steps,
    batch_size: shape.batch_size.default(24).describe('pairs of a question and a table per step'),
    micro_batch_tokens: shape.micro_batch_tokens,
    save_steps: shape.save_steps,
    seed: shape.seed.describe('seed of pairs, order and initial values'),
    replace: z.boolean().default(false).describe('replace a retriever of that name'),
    restart: adapterFlags.restart,
    json: jsonOption,
  }),
  examples: [
    'train retriever --questions train.json --databases database --tables tables.json --out my-retriever',
  ],
  run: async (options, terminal) => {
    const { json, out, replace, restart: _restart, ...run } = options;
    const files = run.questions.map((file) => resolve(terminal.cwd, file));
    const checkpoints = prepareRun(options, files);
    const sets = readSets(run, run.limit, terminal.cwd);
    expectSameDescriptions(checkpoints, sets, out);
    const config = crossEncoderConfig.parse(run);
    const settings = trainConfig.strip().parse({ ...run, warmup_ratio: 0.1 });
    const progress = new Progress(terminal);
    tellOtherRuns(checkpoints, out, progress);
    const began = performance.now();
    const base = await openBaseModel(run.model, terminal, { checkpoints });
    const encoder = createCrossEncoder(base, config, seededRandom(run.seed));
    let release = () => {};
    try {
      release = soleRun(dirname(checkpoints), out);
      progress.update('building pairs');
      const pairs = sets.flatMap((set) => labelledPairs(set, encoder, { seed: run.seed }));
      const { signal } = terminal;
      const { steps, lastLoss } = await followTraining(
        train(encoder.model, encoder.adapter, pairs, settings, {
          loss: encoder.loss,
          checkpoints,
          signal,
        }),
        progress,
        signal,
      );
      const losses = steps.map(({ loss }) => loss);
      // Its name may have been taken meanwhile.
      openAdapters().expectFree(out, { replace });
      const folder = join(openAdapters().folder, out);
      mkdirSync(openAdapters().folder, { recursive: true });
      writeCrossEncoder(folder, encoder, config, {
        description: {
          en: `tables and columns for questions, ${pairs.length} pairs`,
          zh: `为问题挑选表和列，${pairs.length} 对`,
        },
        tags: ['retriever'],
        recipe: { ...run, precision: base.precision, storage: base.storage, pairs: pairs.length },
        seed: run.seed,
        scores: lastLoss === null ? {} : { training_loss: lastLoss },
        created: new Date().toISOString(),
      });
      rmSync(checkpoints, { recursive: true, force: true });
      const seconds = (performance.now() - began) / 1000;
      const result = { retriever: out, folder, pairs: pairs.length, seconds, losses };
      terminal.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${folder}\n`);
    } finally {
      release();
      progress.clear();
      encoder.dispose();
      base.dispose();
    }
  },
});
