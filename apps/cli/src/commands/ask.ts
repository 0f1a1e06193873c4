import { createFinSql, finSqlConfig, generatorConfig, readConfidence } from '@quaestor/finsql';
import * as z from 'zod';
import { argument, defineCommand, jsonOption } from '../command.ts';
import { findDatabase } from '../find-database.ts';
import { openGenerator } from '../language-model/open-generator.ts';
import { printAnswer } from '../print-answer.ts';
import { Progress } from '../progress.ts';
import { readExemplars } from '../read-exemplars.ts';

/** `quaestor ask`: one question, one answer. */
export const ask = defineCommand({
  options: z.object({
    question: argument(z.string().describe('the question, in quotes')),
    db: z.string().min(1).default('demo').describe('SQLite file, or name of a database'),
    adapter: z.string().min(1).optional().describe('adapter of the hub; "none" for the base model'),
    model: z.string().min(1).optional().describe('base model: a folder, a file or a name'),
    ...generatorConfig.shape,
    exemplars: z.string().min(1).optional().describe('JSON file of questions with known SQL'),
    candidates: finSqlConfig.shape.candidates,
    samples: finSqlConfig.shape.samples,
    maxRows: finSqlConfig.shape.maxRows,
    timeoutMs: finSqlConfig.shape.timeoutMs,
    constrained: finSqlConfig.shape.constrained,
    seed: finSqlConfig.shape.seed,
    dryRun: z.boolean().default(false).describe('write the SQL, do not run it'),
    json: jsonOption,
  }),
  examples: [
    'ask "Which fund managers have a doctorate?"',
    'ask "How many concerts were there?" --db concerts.sqlite --json',
  ],
  run: async (options, terminal) => {
    const file = findDatabase(options.db, terminal.cwd);
    const exemplars = readExemplars(options.exemplars);
    const opened = await openGenerator(options, terminal);
    const finSql = createFinSql({
      generator: opened.generator,
      exemplars,
      confidence: opened.adapterFolder === null ? undefined : readConfidence(opened.adapterFolder),
      candidates: options.candidates,
      samples: options.samples,
      maxRows: options.maxRows,
      timeoutMs: options.timeoutMs,
      constrained: options.constrained,
      seed: options.seed,
    });
    const progress = new Progress(terminal);
    try {
      const answer = await finSql.ask(options.question, file, {
        signal: terminal.signal,
        dryRun: options.dryRun,
        onStage: ({ name, milliseconds }) =>
          progress.update(`${name} ${milliseconds.toFixed(0)} ms`),
      });
      progress.clear();
      terminal.stdout.write(
        options.json ? `${JSON.stringify(answer, null, 2)}\n` : printAnswer(answer),
      );
    } finally {
      progress.clear();
      finSql.close();
      await opened.close();
    }
  },
});
