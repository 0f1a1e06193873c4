/** The flags by which a command is given questions with known SQL, and how they are answered. */
import { resolve } from 'node:path';
import {
  evaluateConfig,
  isNewDatabase,
  readTextToSqlSet,
  type TextToSqlItem,
  type TextToSqlSet,
} from '@quaestor/finsql';
import type { AskedDatabase } from '@quaestor/peft';
import * as z from 'zod';
import { descriptionsOf } from '../described-source.ts';

const { shape } = evaluateConfig;

export const scoredSetOptions = {
  questions: z.string().min(1).describe('JSON file of questions in Spider’s form'),
  databases: z.string().min(1).describe('folder of the databases that they ask about'),
  tables: z.string().min(1).optional().describe('Spider’s tables.json for them'),
};

/** Known questions beside them; see `readExemplars`. */
export const exemplarsOption = z
  .string()
  .min(1)
  .optional()
  .describe('questions with known SQL; default: the demo’s');

/** As the evaluation has them; a command may leave some out. */
export const answeringOptions = {
  limit: shape.limit,
  batch: shape.batch,
  budget: shape.budget,
  nearValues: shape.nearValues,
  maxTokens: shape.maxTokens,
  candidates: shape.candidates,
  samples: shape.samples,
  temperature: shape.temperature,
  constrained: shape.constrained,
  timeoutMs: shape.timeoutMs,
  seed: shape.seed,
};

export interface ScoredSetPaths {
  readonly questions: string;
  readonly databases: string;
  readonly tables?: string | undefined;
}

/** @throws FinSqlError with every problem of the set */
export function readScoredSet(
  { questions, databases, tables }: ScoredSetPaths,
  cwd: string,
): TextToSqlSet {
  return readTextToSqlSet({
    questions: resolve(cwd, questions),
    databases: resolve(cwd, databases),
    describe: descriptionsOf,
    ...(tables === undefined ? {} : { tables: resolve(cwd, tables) }),
  });
}

/**
 * The database that all questions of a set are about, as far as it decides which adapter answers; of several,
 * what they have in common.
 */
export function databaseOf(
  { items }: TextToSqlSet,
  known: readonly TextToSqlItem[],
): AskedDatabase {
  const names = [...new Set(items.map(({ db }) => db))];
  const isNew = names.every((name) => isNewDatabase(name, known));
  return { name: names.length === 1 ? (names[0] ?? '') : '', isNew };
}
