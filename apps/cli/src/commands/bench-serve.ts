import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEMO_HELD_OUT } from '@quaestor/finsql';
import { replaceFile } from '@quaestor/peft';
import * as z from 'zod';
import { describeProcessor } from '../bench/machine.ts';
import { besideTraining } from '../bench/serve/beside-training.ts';
import { overload } from '../bench/serve/overload.ts';
import { randomKills } from '../bench/serve/random-kills.ts';
import { databaseNames } from '../bench/serve/server-under-test.ts';
import { sustainedLoad } from '../bench/serve/sustained-load.ts';
import { argument, defineCommand, jsonOption } from '../command.ts';
import { EXIT } from '../errors.ts';
import { Progress } from '../progress.ts';
import { readQuestions } from '../read-exemplars.ts';
import { readJsonAs } from '../read-json-as.ts';
import { inRepository } from '../repository.ts';

/** `quaestor bench serve`: a real server under load, overloaded, beside a training, and killed. */
export const benchServe = defineCommand({
  options: z.object({
    what: argument(
      z
        .enum(['load', 'overload', 'training', 'kills'])
        .describe(
          'load: more and more clients at a time; overload: how fast is refused; training: questions beside a training; kills: processes killed at random',
        ),
    ),
    clients: z
      .array(z.int().positive())
      .min(1)
      .default([1, 4, 16])
      .describe('load: clients at a time, one round each'),
    running: z
      .array(z.int().positive())
      .min(1)
      .default([1, 8])
      .describe('load: questions that the server answers at the same time; all rounds with each'),
    minutes: z.number().positive().default(2).describe('load: how long a round lasts'),
    kills: z.int().positive().default(30).describe('kills: how many'),
    steps: z.int().positive().default(40).describe('kills: optimizer steps of each training'),
    refusals: z.int().positive().default(200).describe('overload: refusals that are timed'),
    rounds: z
      .int()
      .positive()
      .default(3)
      .describe('training: rounds of all questions, idle and busy'),
    databases: z
      .int()
      .positive()
      .default(1)
      .describe(
        'load, kills: databases that are asked about in turn; other adapters answer about other ones',
      ),
    questions: z.int().positive().default(20).describe('different questions that are asked'),
    seed: z.int().default(1).describe('seed of everything drawn'),
    out: z
      .string()
      .min(1)
      .optional()
      .describe('JSON file for the figures; those of the other three in it stay'),
    json: jsonOption,
  }),
  examples: [
    'bench serve load --out data/results/serve.json',
    'bench serve load --clients 16 --running 8 --minutes 10 --databases 2',
    'bench serve kills --kills 30 --json',
  ],
  run: async ({ what, out, json, questions: count, ...options }, terminal) => {
    const file = out === undefined ? undefined : resolve(terminal.cwd, out);
    const known = file === undefined ? {} : readFigures(file);
    const progress = new Progress(terminal);
    const names = databaseNames(what === 'load' || what === 'kills' ? options.databases : 1);
    const common = {
      questions: readQuestions(inRepository(DEMO_HELD_OUT))
        .slice(0, count)
        .map(({ question }, i) => ({
          question,
          database: names[i % names.length] as string,
        })),
      signal: terminal.signal,
      report: (text: string, fraction?: number) => progress.update(text, fraction),
    };
    const measure = () => {
      if (what === 'load') return sustainedLoad({ ...common, ...options });
      if (what === 'overload') return overload({ ...common, ...options });
      if (what === 'training') return besideTraining({ ...common, ...options });
      return randomKills({ ...common, ...options });
    };
    try {
      const figures = {
        date: new Date().toISOString(),
        machine: describeProcessor(),
        ...(await measure()),
      };
      const all = { ...known, [what]: figures };
      if (file !== undefined) replaceFile(file, Buffer.from(`${JSON.stringify(all, null, 2)}\n`));
      progress.clear();
      if (json || file === undefined) {
        terminal.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
      }
      progress.line(figures.passed ? `${what}: passed` : `${what}: not as it should be`);
      return figures.passed ? EXIT.ok : EXIT.failed;
    } finally {
      progress.clear();
    }
  },
});

function readFigures(file: string): Readonly<Record<string, unknown>> {
  if (!existsSync(file)) return {};
  const figures = z.record(z.string(), z.looseObject({ passed: z.boolean() }));
  return readJsonAs(
    file,
    figures,
    'file of figures of bench serve, which another --out leaves alone',
  );
}
