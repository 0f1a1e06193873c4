import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HYBRID_PARTS, type HybridPart } from '@quaestor/finsql';
import { statIfThere } from '@quaestor/peft';
import * as z from 'zod';
import { augmentFromDatabase } from '../augment/from-database.ts';
import { augmentFromSet } from '../augment/from-set.ts';
import { completing, defineCommand, jsonOption } from '../command.ts';
import { InputError } from '../errors.ts';
import { expectOutput } from '../expect-output.ts';
import { findDatabase } from '../find-database.ts';
import { readQuestions } from '../read-exemplars.ts';

/** `quaestor augment sql`: training questions out of a database's schema, or out of questions. */
export const augmentSql = defineCommand({
  options: z.object({
    db: completing(
      'databases',
      z.string().min(1).optional().describe('SQLite file or name; its schema makes the questions'),
    ),
    patterns: z
      .string()
      .min(1)
      .optional()
      .describe('folder of patterns to use instead of the schema'),
    questions: z
      .string()
      .min(1)
      .optional()
      .describe('JSON file of questions in Spider’s form: to augment or, with --db, not to repeat'),
    known: z
      .array(z.string().min(1))
      .default([])
      .describe('with --db, further files of questions not to repeat'),
    databases: z.string().min(1).optional().describe('folder of the databases that they ask about'),
    tables: z.string().min(1).optional().describe('Spider’s tables.json for them'),
    held: z.string().min(1).optional().describe('questions that must not be given away'),
    parts: z
      .string()
      .default(HYBRID_PARTS.join(','))
      .describe('what to add to --questions, parts between commas'),
    count: z.int().positive().default(1000).describe('questions to make from --db'),
    chinese: z.number().min(0).max(1).default(0.2).describe('share of Chinese questions from --db'),
    seed: z.int().default(1).describe('seed of every choice'),
    out: z.string().min(1).describe('file for the result, in Spider’s form'),
    json: jsonOption,
  }),
  examples: [
    'augment sql --db demo --count 500 --out made.json',
    'augment sql --questions train.json --databases database --parts skeleton,synonyms --out more.json',
  ],
  run: async (options, terminal) => {
    const { db, questions, databases, out, json, seed } = options;
    const path = (file: string) => resolve(terminal.cwd, file);
    const file = db === undefined ? undefined : findDatabase(db, terminal.cwd);
    expectOutput('augment sql', terminal, {
      reads: {
        '--db': file,
        '--patterns': filesIn(options.patterns, terminal.cwd),
        '--questions': questions,
        '--known': options.known,
        '--tables': options.tables,
        '--held': options.held,
      },
      writes: { '--out': out },
    });
    const held = options.held === undefined ? [] : readQuestions(path(options.held));
    let result: { report: object; text: string };
    if (file !== undefined) {
      const { patterns, count, chinese } = options;
      const existing = [questions ?? [], options.known]
        .flat()
        .flatMap((name) => readQuestions(path(name)));
      result = augmentFromDatabase(
        { file, patterns, existing, held, count, seed, chinese, out },
        terminal.cwd,
      );
    } else if (questions !== undefined && databases !== undefined) {
      const parts = readParts(options.parts);
      result = await augmentFromSet(
        { questions, databases, tables: options.tables, held, parts, seed, out },
        terminal.cwd,
        terminal.signal,
      );
    } else {
      throw new InputError('Expected --db, or --questions with --databases, got neither.');
    }
    terminal.stdout.write(json ? `${JSON.stringify(result.report, null, 2)}\n` : result.text);
  },
});

function filesIn(folder: string | undefined, cwd: string): readonly string[] {
  if (folder === undefined) return [];
  const path = resolve(cwd, folder);
  if (statIfThere(path)?.isDirectory() !== true) return [];
  return readdirSync(path).map((name) => join(path, name));
}

/** @throws InputError naming the parts that there are */
function readParts(text: string): readonly HybridPart[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !(HYBRID_PARTS as readonly string[]).includes(name));
  if (unknown.length === 0) return names as HybridPart[];
  throw new InputError(
    `--parts ${text}: there is no part ${unknown.join(', ')}; the parts are ${HYBRID_PARTS.join(', ')}.`,
  );
}
