import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCrossEncoder,
  crossEncoderConfig,
  labelledPairs,
  writeCrossEncoder,
} from '@quaestor/finsql';
import { seededRandom, stateFolder, train, trainConfig } from '@quaestor/peft';
import * as z from 'zod';
import { openAdapters } from '../adapters.ts';
import { defineCommand, jsonOption } from '../command.ts';
import { InputError } from '../errors.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { readSets } from '../training/read-sets.ts';
import { sparkline } from '../training/sparkline.ts';

const { shape } = trainConfig;

/** `quaestor train retriever`: the cross-encoder that reads a question with each table. */
export const trainRetriever = defineCommand({
  options: z.object({
    questions: z.array(z.string()).min(1).describe('JSON file of questions in Spider’s form'),
    databases: z.array(z.string()).min(1).describe('folder of the databases that they ask about'),
    tables: z.array(z.string()).default([]).describe('Spider’s tables.json for them'),
    out: z.string().min(1).describe('name of the retriever in the hub'),
    config: z.string().optional().describe('JSON file with any of these flags; flags win'),
    model: z.string().optional().describe('base model: a folder, a file or a name'),
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
    json: jsonOption,
  }),
  examples: [
    'train retriever --questions train.json --databases database --tables tables.json --out my-retriever',
  ],
  run: async (options, terminal) => {
    const { json, out, replace, ...run } = options;
    const taken = openAdapters()
      .list()
      .find(({ name }) => name === out);
    if (taken !== undefined && !(replace && !taken.readOnly)) {
      throw new InputError(
        `There is already an adapter ${out}; choose another name, or --replace it.`,
      );
    }
    const sets = readSets(run, run.limit, terminal.cwd);
    const config = crossEncoderConfig.parse(run);
    const settings = trainConfig.parse({ ...run, warmup_ratio: 0.1 });
    const progress = new Progress(terminal);
    const began = performance.now();
    const base = await openBaseModel(run.model, terminal);
    const encoder = createCrossEncoder(base, config, seededRandom(run.seed));
    try {
      progress.update('building pairs');
      const pairs = sets.flatMap((set) => labelledPairs(set, encoder, { seed: run.seed }));
      const unfinished = stateFolder('training', out);
      // A checkpoint fits only the very same pairs and settings.
      const id = createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 12);
      const losses: number[] = [];
      for await (const event of train(encoder.model, encoder.adapter, pairs, settings, {
        loss: encoder.loss,
        checkpoints: join(unfinished, id),
        signal: terminal.signal,
      })) {
        if (event.type === 'resumed') progress.line(`going on after step ${event.step}`);
        if (event.type !== 'step') continue;
        losses.push(event.loss);
        progress.update(
          `step ${event.step}/${event.totalSteps} · loss ${event.loss.toFixed(4)} · ${event.tokensPerSecond.toFixed(0)} tokens/s`,
          event.step / event.totalSteps,
        );
      }
      progress.line(sparkline(losses));
      const folder = join(openAdapters().folder, out);
      mkdirSync(openAdapters().folder, { recursive: true });
      writeCrossEncoder(folder, encoder, config, {
        description: `tables and columns for questions, ${pairs.length} pairs`,
        tags: ['retriever'],
        recipe: { ...run, pairs: pairs.length },
        seed: run.seed,
        scores: { training_loss: losses.at(-1) ?? 0 },
        created: new Date().toISOString(),
      });
      rmSync(unfinished, { recursive: true, force: true });
      const seconds = (performance.now() - began) / 1000;
      const result = { retriever: out, folder, pairs: pairs.length, seconds, losses };
      terminal.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${folder}\n`);
    } finally {
      progress.clear();
      encoder.dispose();
      base.dispose();
    }
  },
});
