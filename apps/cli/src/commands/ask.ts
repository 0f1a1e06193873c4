import { databaseName, finSqlConfig, generatorConfig } from '@quaestor/finsql';
import * as z from 'zod';
import { askLines } from '../ask/ask-lines.ts';
import { askInteractively } from '../ask/interactive.ts';
import { openAsking } from '../ask/open-asking.ts';
import {
  adapterOption,
  argument,
  completing,
  defineCommand,
  jsonOption,
  modelOption,
} from '../command.ts';
import { EXIT } from '../errors.ts';
import { findDatabase } from '../find-database.ts';
import { printAnswer } from '../print-answer.ts';
import { tableOptions } from '../table.ts';

/** `quaestor ask`: one question, those of standard input, or a conversation. */
export const ask = defineCommand({
  options: z.object({
    question: argument(
      z
        .string()
        .optional()
        .describe(
          'the question, in quotes; without one, ask at the prompt, or one a line on standard input, each by itself',
        ),
    ),
    db: completing(
      'databases',
      z.string().min(1).default('demo').describe('SQLite file, or name of a database'),
    ),
    adapter: adapterOption,
    model: modelOption,
    ...generatorConfig.shape,
    exemplars: z.string().min(1).optional().describe('JSON file of questions with known SQL'),
    candidates: finSqlConfig.shape.candidates,
    samples: finSqlConfig.shape.samples,
    maxRows: finSqlConfig.shape.maxRows,
    timeoutMs: finSqlConfig.shape.timeoutMs,
    constrained: finSqlConfig.shape.constrained,
    seed: finSqlConfig.shape.seed,
    abstain: finSqlConfig.shape.abstain,
    language: finSqlConfig.shape.language,
    dryRun: z.boolean().default(false).describe('write the SQL, do not run it'),
    json: jsonOption,
  }),
  examples: [
    'ask "Which fund managers have a doctorate?"',
    'ask "哪些基金经理有博士学位？" --language en',
    'ask --db demo',
    'ask "How many concerts were there?" --db concerts.sqlite --json',
  ],
  run: async ({ question, db, json, ...options }, terminal) => {
    const file = findDatabase(db, terminal.cwd);
    const open = () => openAsking({ ...options, database: databaseName(file) }, terminal);
    if (question === undefined && terminal.stdin.isTTY !== true) {
      return askLines(open, file, json, terminal);
    }
    const asking = await open();
    try {
      if (question === undefined) await askInteractively(asking, file, json, terminal);
      else {
        const answer = await asking.ask(question, file, { signal: terminal.signal });
        terminal.stdout.write(
          json
            ? `${JSON.stringify(answer, null, 2)}\n`
            : printAnswer(answer, tableOptions(terminal)),
        );
        return answer.kind === 'abstained' ? EXIT.abstained : EXIT.ok;
      }
    } finally {
      await asking.close();
    }
    return EXIT.ok;
  },
});
