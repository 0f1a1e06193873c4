/**
 * Hybrid augmentation of a training set (FinSQL, arXiv 2401.10506 §4.1): besides each pair, its
 * skeleton, step-by-step reasoning from its syntax tree, its question in other words, and the pair
 * under other instructions. What is added is read back and run: it stays only where it gives gold's
 * rows.
 */
import { seededRandom } from '@quaestor/peft';
import type { SqlValue } from '../../database/execute-protocol.ts';
import { openReadOnly } from '../../database/open.ts';
import type { Database } from '../../database/sqlite.ts';
import { isOrdered, sameResult } from '../../eval/execution-accuracy.ts';
import { explainSql } from '../../explain/explain.ts';
import { readSql } from '../../generate/read-sql.ts';
import { questionKey } from '../../retrieval/exemplars.ts';
import { fold, type Schema, type Table } from '../../schema/schema.ts';
import { normalizeSql } from '../../sql/normalize.ts';
import { sqlReferences } from '../../sql/references.ts';
import { skeleton } from '../../sql/skeleton.ts';
import type { TextToSqlItem, TextToSqlSet } from '../text-to-sql-set.ts';
import { type AnswerForm, INSTRUCTION_COUNT, instructionPrompt } from './instructions.ts';
import { keepsValues, synonymousQuestion } from './synonyms.ts';

/** The parts, in the order in which they are made. */
export const HYBRID_PARTS = ['skeleton', 'synonyms', 'reasoning', 'templates'] as const;
export type HybridPart = (typeof HYBRID_PARTS)[number];

export interface HybridItem extends TextToSqlItem {
  readonly part: HybridPart;
}

export interface PartReport {
  readonly added: number;
  /** By reason. */
  readonly rejected: Readonly<Record<string, number>>;
}

export interface HybridOptions {
  /** Default: all. */
  readonly parts?: readonly HybridPart[];
  /** Default 1. */
  readonly seed?: number;
  /** Other wordings from a language model; what it says is checked like what the rules say. */
  readonly paraphrase?: (question: string) => Promise<string | undefined>;
  readonly signal?: AbortSignal;
}

/** Tables in an instruction besides those that gold reads. */
const OTHER_TABLES = 2;
/** Rows that are compared. */
const MOST_ROWS = 10_000;

/**
 * Makes the parts for every item of the set, which itself is not repeated.
 * @throws FinSqlError when a database can't be opened
 */
export async function augmentSet(
  set: TextToSqlSet,
  options: HybridOptions = {},
): Promise<{
  readonly items: readonly HybridItem[];
  readonly report: Readonly<Partial<Record<HybridPart, PartReport>>>;
}> {
  const random = seededRandom(options.seed ?? 1);
  const open = new Map<string, Database>();
  const items: HybridItem[] = [];
  const report: Partial<Record<HybridPart, PartReport>> = {};
  const known = new Set(set.items.map(({ db, question }) => `${db}\n${questionKey(question)}`));
  try {
    for (const part of HYBRID_PARTS.filter((name) =>
      (options.parts ?? HYBRID_PARTS).includes(name),
    )) {
      const rejected = new Map<string, number>();
      let added = 0;
      for (const item of set.items) {
        options.signal?.throwIfAborted();
        const source = set.databases.get(item.db);
        const file = source?.instances[0];
        if (source === undefined || file === undefined) continue;
        const database = open.get(file) ?? openReadOnly(file);
        open.set(file, database);
        const made =
          part === 'synonyms'
            ? await reworded(item, random, options.paraphrase)
            : instructed(item, part, source.schema, random);
        const reason = typeof made === 'string' ? made : refusal(made, item, database, known);
        if (reason !== undefined || typeof made === 'string') {
          rejected.set(reason ?? '', (rejected.get(reason ?? '') ?? 0) + 1);
          continue;
        }
        if (part === 'synonyms') known.add(`${made.db}\n${questionKey(made.question)}`);
        items.push(made);
        added++;
      }
      report[part] = { added, rejected: Object.fromEntries(rejected) };
    }
  } finally {
    for (const database of open.values()) database.close();
  }
  return { items, report };
}

async function reworded(
  item: TextToSqlItem,
  random: ReturnType<typeof seededRandom>,
  paraphrase: HybridOptions['paraphrase'],
): Promise<HybridItem | string> {
  const question =
    (await paraphrase?.(item.question)) ?? synonymousQuestion(item.question, item.sql, random);
  if (question === undefined) return 'no rule fits';
  if (!keepsValues(item.question, question, item.sql)) return 'loses a value';
  return { ...item, question, part: 'synonyms' };
}

function instructed(
  item: TextToSqlItem,
  part: Exclude<HybridPart, 'synonyms'>,
  schema: Schema,
  random: ReturnType<typeof seededRandom>,
): HybridItem | string {
  const sql = normalizeSql(item.sql, schema);
  const form: AnswerForm = part === 'templates' ? 'sql' : part;
  const before =
    form === 'reasoning' ? steps(sql, schema) : form === 'skeleton' ? skeleton(sql) : '';
  if (form === 'reasoning' && before === '') return 'no syntax tree';
  const prompt = instructionPrompt(
    random.integer(INSTRUCTION_COUNT),
    shownTables(sql, schema, random),
    item.question,
    form,
  );
  const answer = form === 'sql' ? sql : `${before}\n\`\`\`sql\n${sql}\n\`\`\``;
  return { ...item, prompt, answer, part };
}

/** The sentences of the explanation, numbered. */
function steps(sql: string, schema: Schema): string {
  return explainSql(sql, schema)
    .map((sentence, index) => `${index + 1}. ${sentence}`)
    .join('\n');
}

/** Gold's tables and a few others, shuffled. */
function shownTables(
  sql: string,
  schema: Schema,
  random: ReturnType<typeof seededRandom>,
): readonly Table[] {
  const { tables } = sqlReferences(sql, schema);
  const used = schema.tables.filter(({ name }) => tables.includes(fold(name)));
  const others = random.shuffle(schema.tables.filter((table) => !used.includes(table)));
  return random.shuffle([...used, ...others.slice(0, OTHER_TABLES)]);
}

/** Why an item can't stay: it repeats a question, or its answer read back gives other rows than gold. */
function refusal(
  made: HybridItem,
  gold: TextToSqlItem,
  database: Database,
  known: ReadonlySet<string>,
): string | undefined {
  if (made.part === 'synonyms' && known.has(`${made.db}\n${questionKey(made.question)}`)) {
    return 'repeated';
  }
  const expected = run(database, gold.sql);
  if (expected === undefined) return 'gold fails';
  const got = run(database, readSql(made.answer ?? made.sql));
  if (got === undefined) return 'fails';
  return sameResult(expected, got, isOrdered(gold.sql)) ? undefined : 'other rows';
}

function run(database: Database, sql: string): SqlValue[][] | undefined {
  try {
    const statement = database.prepare(sql);
    if (!statement.reader || !statement.readonly) return undefined;
    const rows: SqlValue[][] = [];
    for (const row of statement.raw().iterate()) {
      rows.push(row as SqlValue[]);
      if (rows.length === MOST_ROWS) break;
    }
    return rows;
  } catch {
    return undefined;
  }
}
