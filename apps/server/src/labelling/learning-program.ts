/**
 * The process that learns from labels: seconds of work that would block the server's event loop. It
 * keeps the tables and models that it was last asked about, and runs at a low priority.
 */
import { constants, setPriority } from 'node:os';
import { sentError } from '../model-process/protocol.ts';
import { type BoundedTable, readBounded } from './bounded-table.ts';
import { describeColumns } from './describe-columns.ts';
import {
  importanceOf,
  type LearnedLabels,
  type LearnRequest,
  learnLabels,
  opinionsOf,
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

const tables = new Map<string, BoundedTable>();
const models = new Map<string, LearnedLabels>();

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
  describe: async ({ file }) => described(await tableOf(file)),
  questions: async ({ file, features }) => questionsOf(await tableOf(file), features),
  fit: async (request) => (await modelOf(request)).fit,
  opinions: async ({ learn, rows, explained }) =>
    opinionsOf(await tableOf(learn.file), await modelOf(learn), rows, explained),
  importance: async (request) => importanceOf(await tableOf(request.file), await modelOf(request)),
};

function work<Name extends LearningCall>(
  name: Name,
  input: LearningCalls[Name]['in'],
): Promise<LearningCalls[Name]['out']> {
  return WORK[name](input);
}

async function tableOf(file: string): Promise<BoundedTable> {
  return kept(tables, file, MOST_TABLES, () => readBounded(file));
}

async function modelOf(request: LearnRequest): Promise<LearnedLabels> {
  const { file, revision, answers } = request;
  const table = await tableOf(file);
  // Of one revision there are one set of answers, or none yet.
  const key = JSON.stringify([file, revision, answers !== null]);
  return kept(models, key, MOST_MODELS, () => learnLabels(table, request));
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
