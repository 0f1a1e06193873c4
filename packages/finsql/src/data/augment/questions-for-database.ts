/** Database → questions with SQL, from its schema alone or from a folder of patterns. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf, schemaIssues, type Text, type Translated } from '@quaestor/peft';
import type * as z from 'zod';
import { introspect } from '../../database/introspect.ts';
import { openReadOnly } from '../../database/open.ts';
import { FinSqlError } from '../../errors.ts';
import { type Description, describeSchema } from '../../schema/descriptions.ts';
import type { TextToSqlItem } from '../text-to-sql-set.ts';
import { type GeneratedPair, generatePairs, type PairReport } from './generate-pairs.ts';
import type { PatternSet } from './pattern-draft.ts';
import { type Pattern, parsePatterns } from './pattern-file.ts';
import { schemaPatterns } from './schema-patterns.ts';
import { resolveSlots, slotFile } from './slots.ts';

export interface QuestionsForDatabaseOptions {
  /** SQLite files of one schema; the first one's values are asked for. */
  readonly files: readonly string[];
  /** What tables and columns mean, in place of the file's own comments. */
  readonly descriptions?: readonly Description[];
  /** Default: what the schema says by itself. */
  readonly patterns?: PatternSet;
  /** Default 1000; fewer where the patterns are spent before. */
  readonly count?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Share of Chinese questions, where a pattern has Chinese wordings. Default 0.2. */
  readonly chinese?: number;
  /** Pairs that exist already and are not made again. */
  readonly existing?: readonly TextToSqlItem[];
  /** Pairs that must not be given away. */
  readonly held?: readonly TextToSqlItem[];
}

/**
 * Makes questions whose SQL runs and answers something; the same seed gives the same questions.
 * @throws FinSqlError `no-such-database`, `not-a-database`, or `bad-data` for a pattern whose slot
 * is not defined
 */
export function questionsForDatabase(options: QuestionsForDatabaseOptions): {
  readonly pairs: readonly GeneratedPair[];
  readonly report: PairReport;
} {
  const databases = options.files.map(openReadOnly);
  try {
    const [first] = databases;
    const [file] = options.files;
    if (first === undefined || file === undefined) {
      throw new FinSqlError('no-such-database', {
        en: 'Expected at least one SQLite file, got none.',
        zh: '至少要有一个 SQLite 文件，实际没有。',
      });
    }
    const schema = describeSchema(introspect(file), options.descriptions ?? []);
    const { patterns, slots } = options.patterns ?? schemaPatterns(schema, first);
    return generatePairs(patterns, resolveSlots(slots, first), schema, databases, {
      count: options.count ?? 1000,
      seed: options.seed ?? 1,
      chinese: options.chinese ?? 0.2,
      existing: options.existing ?? [],
      held: options.held ?? [],
    });
  } finally {
    for (const database of databases) database.close();
  }
}

/**
 * Reads a folder of patterns: every `.txt` file, and `slots.json` of the folder or of the one above.
 * @throws FinSqlError `bad-data` with every problem
 */
export function readPatternFolder(folder: string): PatternSet {
  const patterns: Pattern[] = [];
  const problems: Text[] = [];
  let names: string[] = [];
  let slots: PatternSet['slots'] = {};
  try {
    names = readdirSync(folder)
      .filter((name) => name.endsWith('.txt'))
      .sort();
    const own = join(folder, 'slots.json');
    const path = existsSync(own) ? own : join(folder, '..', 'slots.json');
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const parsed = slotFile.safeParse(content);
    if (parsed.success) slots = parsed.data;
    else problems.push(...slotProblems(content, parsed.error));
  } catch (error) {
    problems.push(reasonOf(error));
  }
  for (const name of names) {
    try {
      patterns.push(...parsePatterns(readFileSync(join(folder, name), 'utf8'), name));
    } catch (error) {
      if (!(error instanceof FinSqlError)) throw error;
      problems.push(...error.problemTexts);
    }
  }
  if (problems.length === 0) return { patterns, slots };
  throw new FinSqlError(
    'bad-data',
    { en: `${folder} is no folder of patterns.`, zh: `${folder} 不是存放句式的文件夹。` },
    { problems },
  );
}

function slotProblems(content: unknown, error: z.ZodError): Translated[] {
  return schemaIssues(slotFile, content, error).map(({ path, said }) => {
    const field = path.join('.');
    return { en: `slots.json: ${field} ${said.en}`, zh: `slots.json 的 ${field}：${said.zh}` };
  });
}
