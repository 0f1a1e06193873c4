/**
 * The process that learns from labels: seconds of work that would block the server's event loop. It
 * keeps the tables and models that it was last asked about, and runs at a low priority.
 */
import { constants, setPriority } from 'node:os';
import { sentError } from '../model-process/protocol.ts';
import { type BoundedTable, readBounded } from './bounded-table.ts';
import { describeColumns } from './describe-columns.ts';
import { KnownTexts } from './known-texts.ts';
import {
  importanceOf,
  type LearnedLabels,
  type LearnRequest,
  learnLabels,
  opinionsOf,
  textsOfRows,
} from './learn-labels.ts';
import type {
  FromLearning,
  LearningCall,
  LearningCalls,
  TableDescription,
  ToLearning,
} from './learning-protocol.ts';
import { questionsOf } from './table-questions.ts';

const MOST_TABLES = 2;
const MOST_MODELS = 4;
const PROBLEMS_TOLD = 100;

/** A table, and what came of it. */
interface HeldTable {
  readonly table: BoundedTable;
  readonly known: KnownTexts;
  readonly models: Map<string, LearnedLabels>;
}

const tables = new Map<string, HeldTable>();

setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
process.on('message', (message: ToLearning) => void answer(message));
process.on('disconnect', () => process.exit(0));
// The server is told to end by the same signal, and ends this process when it has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

async function answer({ id, name, input }: ToLearning): Promise<void> {
  try {
    send({ id, output: await work(name, input as never) });
  } catch (error) {
    send({ id, error: sentError(error) });
  }
}

function send(message: FromLearning): void {
  process.send?.(message);
}

const WORK: {
  readonly [Name in LearningCall]: (
    input: LearningCalls[Name]['in'],
  ) => Promise<LearningCalls[Name]['out']>;
} = {
  describe: async ({ file }) => described((await heldOf(file)).table),
  questions: async ({ file, features }) => questionsOf((await heldOf(file)).table, features),
  know: async ({ file, texts, read }) => {
    (await heldOf(file)).known.add(texts, read);
    return null;
  },
  fit: async (request) => {
    const { fit, unread } = await modelOf(await heldOf(request.file), request);
    return { said: fit, unread };
  },
  opinions: async ({ learn, rows, explained }) => {
    const held = await heldOf(learn.file);
    const model = await modelOf(held, learn);
    const unread = held.known.unknown(textsOfRows(held.table, model, rows));
    const able = unread.length === 0 ? model : await modelOf(held, learn, 'words');
    return {
      said: opinionsOf(held.table, able, rows, explained),
      unread: [...model.unread, ...unread],
    };
  },
  importance: async (request) => {
    const held = await heldOf(request.file);
    const model = await modelOf(held, request);
    return { said: importanceOf(held.table, model), unread: model.unread };
  },
};

function work<Name extends LearningCall>(
  name: Name,
  input: LearningCalls[Name]['in'],
): Promise<LearningCalls[Name]['out']> {
  return WORK[name](input);
}

async function heldOf(file: string): Promise<HeldTable> {
  return kept(tables, file, MOST_TABLES, async () => ({
    table: await readBounded(file),
    known: new KnownTexts(),
    models: new Map(),
  }));
}

/** @param by what free text counts by: as a language model reads it, where it has, or its words alone */
async function modelOf(
  { table, known, models }: HeldTable,
  request: LearnRequest,
  by: 'meaning' | 'words' = 'meaning',
): Promise<LearnedLabels> {
  const { revision, answers } = request;
  // Of one revision there are one set of answers, or none yet.
  const key = JSON.stringify([revision, answers !== null, by]);
  const before = models.get(key);
  const isLate = before && before.unread.length > 0 && known.unknown(before.unread).length === 0;
  if (isLate) models.delete(key);
  return kept(models, key, MOST_MODELS, () =>
    learnLabels(table, request, by === 'words' ? null : known),
  );
}

/** The value under a key, made where it is not there; of many, those used last are kept. */
async function kept<Value>(
  values: Map<string, Value>,
  key: string,
  most: number,
  make: () => Promise<Value>,
): Promise<Value> {
  const value = values.get(key) ?? (await make());
  values.delete(key);
  values.set(key, value);
  const oldest = values.keys().next().value;
  if (values.size > most && oldest !== undefined) values.delete(oldest);
  return value;
}

function described(table: BoundedTable): TableDescription {
  const { encoding, delimiter, warnings, truncated, rows, problems } = table;
  return {
    encoding,
    delimiter,
    warnings,
    truncated,
    columns: describeColumns(table),
    rows: rows.length,
    problemRows: problems.size,
    firstProblems: [...problems]
      .slice(0, PROBLEMS_TOLD)
      .map(([row, list]) => ({ row, problems: [...list] })),
  };
}
