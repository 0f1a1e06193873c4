/**
 * Text-to-SQL sets in Spider's shape: a question file, a tables.json, a folder of databases.
 * Accepted database paths: `<db>.sqlite`, `<db>/<db>.sqlite`, and `<db>/<db>_<n>.sqlite`, several
 * of which are instances of one schema. `.db` and `.sqlite3` are endings, too. A file
 * `<db>.descriptions.json` beside them tells what tables and columns mean.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  firstProblems,
  type OwnWords,
  reasonOf,
  schemaIssues,
  type Translated,
} from '@quaestor/peft';
import * as z from 'zod';
import { introspect } from '../database/introspect.ts';
import { FinSqlError } from '../errors.ts';
import { readDescriptions } from '../schema/description-store.ts';
import { type Description, describeSchema } from '../schema/descriptions.ts';
import type { Schema } from '../schema/schema.ts';
import {
  overlaySpiderTables,
  parseSpiderTables,
  type SpiderTables,
} from '../schema/spider-tables.ts';

export interface TextToSqlItem {
  readonly question: string;
  /** Name of the database. */
  readonly db: string;
  /** The gold statement, as written in the set. */
  readonly sql: string;
  /** What the model is shown, and has to write, instead of the usual prompt and the statement. */
  readonly prompt?: string;
  readonly answer?: string;
}

export interface TextToSqlDatabase {
  readonly schema: Schema;
  /** Files of one schema; the first is the one that retrieval looks at. */
  readonly instances: readonly string[];
  /** Those that are laid over the schema. Default: none. */
  readonly descriptions?: readonly Description[];
}

export interface TextToSqlSet {
  readonly items: readonly TextToSqlItem[];
  /** The databases that the items ask about. */
  readonly databases: ReadonlyMap<string, TextToSqlDatabase>;
}

export interface TextToSqlPaths {
  readonly questions: string;
  readonly databases: string;
  /** A Spider-form tables.json with names in words and foreign keys. */
  readonly tables?: string;
  /** What is known of a database's file where no descriptions lie beside it. Default: nothing. */
  readonly describe?: (file: string) => readonly Description[];
}

const question = z
  .object({
    question: z.string().trim().min(1),
    db_id: z.string().min(1).optional(),
    db_name: z.string().min(1).optional(),
    query: z.string().trim().min(1).optional(),
    sql_query: z.string().trim().min(1).optional(),
    prompt: z.string().min(1).optional(),
    answer: z.string().min(1).optional(),
  })
  .refine((item) => (item.db_id ?? item.db_name) !== undefined, 'expected a db_id or db_name')
  .refine((item) => (item.query ?? item.sql_query) !== undefined, 'expected a query or sql_query');

const QUESTION_WORDS: OwnWords = {
  'expected a db_id or db_name': '应有 db_id 或 db_name',
  'expected a query or sql_query': '应有 query 或 sql_query',
};

/** After a database's name: the file of its descriptions. */
export const DESCRIPTIONS = '.descriptions.json';

const ENDING = /\.(?:sqlite3?|db)$/i;

/** At most this many problems are spelled out. */
const SHOWN = 20;

/**
 * Reads a set and the schema of each database that it mentions.
 * @throws FinSqlError `bad-data` with every problem of the three inputs
 */
export function readTextToSqlSet(paths: TextToSqlPaths): TextToSqlSet {
  const problems: Translated[] = [];
  const items = readItems(paths.questions, problems);
  const entries = paths.tables === undefined ? [] : readTables(paths.tables, problems);
  const byName = new Map(entries.map((entry) => [entry.db_id, entry]));
  const databases = new Map<string, TextToSqlDatabase>();
  if (!existsSync(paths.databases) || !statSync(paths.databases).isDirectory()) {
    problems.push({
      en: `${paths.databases}: expected a folder of databases, there is none`,
      zh: `${paths.databases}：应为存放数据库的文件夹，但没有这个文件夹`,
    });
  } else {
    for (const db of new Set(items.map((item) => item.db))) {
      try {
        databases.set(db, readDatabase(paths, db, byName.get(db)));
      } catch (error) {
        if (!(error instanceof FinSqlError)) throw error;
        problems.push(error.text);
      }
    }
  }
  if (problems.length === 0) return { items, databases };
  throw new FinSqlError(
    'bad-data',
    { en: 'The text-to-SQL set is not usable.', zh: 'text-to-SQL 问题集无法使用。' },
    { problems: firstProblems(problems, SHOWN) },
  );
}

/** The files of one database in a folder of databases, in order of name. */
export function databaseInstances(folder: string, db: string): string[] {
  const inside = join(folder, db);
  if (existsSync(inside) && statSync(inside).isDirectory()) {
    return readdirSync(inside)
      .filter((name) => ENDING.test(name))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((name) => join(inside, name));
  }
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => ENDING.test(name) && name.replace(ENDING, '') === db)
        .map((name) => join(folder, name))
    : [];
}

function readDatabase(
  { databases: folder, describe = () => [] }: TextToSqlPaths,
  db: string,
  entry: SpiderTables | undefined,
): TextToSqlDatabase {
  const instances = databaseInstances(folder, db);
  const first = instances[0];
  if (first === undefined) {
    throw new FinSqlError('no-such-database', {
      en: `${db}: expected ${db}.sqlite or ${db}/*.sqlite in ${folder}, found neither`,
      zh: `${db}：${folder} 中应有 ${db}.sqlite 或 ${db}/*.sqlite，但两者都没有`,
    });
  }
  const own = introspect(first, db);
  const schema = entry === undefined ? own : overlaySpiderTables(own, entry);
  const beside = join(folder, `${db}${DESCRIPTIONS}`);
  const descriptions = existsSync(beside) ? readDescriptions(beside) : describe(first);
  if (descriptions === undefined) {
    throw new FinSqlError('bad-data', {
      en: `${db}${DESCRIPTIONS}: expected a list of descriptions`,
      zh: `${db}${DESCRIPTIONS}：应为说明的列表`,
    });
  }
  return { schema: describeSchema(schema, descriptions), instances, descriptions };
}

function readItems(file: string, problems: Translated[]): TextToSqlItem[] {
  const content = readJson(file, problems);
  if (content === undefined) return [];
  if (!Array.isArray(content)) {
    const got = typeof content;
    problems.push({
      en: `${file}: expected a list of questions, got ${got}`,
      zh: `${file}：应为问题的列表，实际为 ${got}`,
    });
    return [];
  }
  return content.flatMap((entry, index) => {
    const parsed = question.safeParse(entry);
    if (!parsed.success) {
      const { en, zh } = itemProblems(entry, parsed.error);
      problems.push({
        en: `${basename(file)} item ${index}: ${en}`,
        zh: `${basename(file)} 第 ${index} 项：${zh}`,
      });
      return [];
    }
    const item = parsed.data;
    return [
      {
        question: item.question,
        db: item.db_id ?? item.db_name ?? '',
        sql: item.query ?? item.sql_query ?? '',
        ...(item.prompt === undefined ? {} : { prompt: item.prompt }),
        ...(item.answer === undefined ? {} : { answer: item.answer }),
      },
    ];
  });
}

function itemProblems(entry: unknown, error: z.ZodError): Translated {
  const issues = schemaIssues(question, entry, error, QUESTION_WORDS).map(({ path, said }) => {
    const field = path.length === 0 ? '' : `${path.join('.')} `;
    return { en: `${field}${said.en}`, zh: `${field}${said.zh}` };
  });
  return { en: issues.map(({ en }) => en).join('; '), zh: issues.map(({ zh }) => zh).join('；') };
}

function readTables(file: string, problems: Translated[]): SpiderTables[] {
  const content = readJson(file, problems);
  if (content === undefined) return [];
  try {
    return parseSpiderTables(content, file);
  } catch (error) {
    if (!(error instanceof FinSqlError)) throw error;
    problems.push(error.text);
    return [];
  }
}

function readJson(file: string, problems: Translated[]): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = reasonOf(error, file);
    problems.push({ en: `${file}: ${why.en}`, zh: `${file}：${why.zh}` });
    return undefined;
  }
}
