/** A saved model, read and checked: nothing of a file is walked or believed before it is checked. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  decodeSafetensors,
  PeftError,
  reasonOf,
  schemaProblems,
  type Translated,
} from '@quaestor/peft';
import * as z from 'zod';
import { besideOf, type EncodedColumn, encoderOf, partOf } from '../baseline/encoder.ts';
import { TabLlmError } from '../errors.ts';
import { SeenRows } from '../schema/leak.ts';
import { remembered, type TextStates } from '../scoring/text-states.ts';
import { classifierOf } from './classifier.ts';
import type { ModelOptions } from './fit-options.ts';
import { readKernel, readKernelClassifier } from './kernel-tensors.ts';
import type { LearnedTable } from './learned-table.ts';
import { MODEL_JSON, MODEL_LISTS } from './model-folder.ts';
import {
  evenBand,
  MODEL_FORMAT,
  MODEL_VERSION,
  type ModelFile,
  modelFile,
  quantityMembers,
  type StoredMember,
  type StoredQuantityMember,
} from './model-schema.ts';
import type { QuantityMember } from './quantity-model.ts';
import { REMEMBERED } from './read-texts.ts';
import { regressorOf } from './regressor.ts';
import { HALF_HASH } from './save-model.ts';
import type { Expectations, TabularMember } from './tabular-model.ts';
import { readTrees, type Tensors } from './tree-tensors.ts';

/**
 * Opens a language model where the saved model reads rows (`language`) or free text (`states`).
 * @throws TabLlmError 'not-found' without the files; 'bad-data' for files that are corrupt, of another
 * kind or of a later version; 'bad-config' when the language model is needed and not given, or another one
 */
export async function loadModel(
  folder: string,
  { language, states: openStates }: Pick<ModelOptions, 'language' | 'states'> = {},
): Promise<LearnedTable> {
  const file = readModelFile(join(folder, MODEL_JSON));
  const tensors = readLists(join(folder, MODEL_LISTS));
  const problems = problemsOf(file);
  if (problems.length > 0) {
    throw new TabLlmError(
      'bad-data',
      { en: `${folder} is no consistent model:`, zh: `${folder} 中的模型前后矛盾：` },
      { problems },
    );
  }
  const columns = encoderOf(file.schema, file.encoding).columns.length;
  const states = await openedStates(folder, file.encoding, openStates);
  const { schema, target, labelled, copies, seed, warnings } = file;
  const seen = readSeen(tensors, file);
  const examples = { rows: [], labels: [] };
  const about = { schema, target, labelled, copies, seed, warnings };
  const learned = { ...about, seen, examples, fromItself: false };
  if (file.kind === 'regressor') {
    const { encoding, centre, scale, sign, numbers: format } = file;
    const intervals =
      file.halfWidth == null
        ? file.intervals
        : [evenBand({ upTo: null, halfWidth: file.halfWidth })];
    const members = quantityMembers(file).map(({ weight, model }) => ({
      weight,
      model: readQuantityMember(model, tensors, columns),
    }));
    const state = { schema, encoding, members, centre, scale, sign, intervals };
    const regressor = regressorOf(state, null, states);
    return { ...learned, kind: 'regressor', format, regressor };
  }
  const { classes, counts, encoding, evidence, calibration, priors, threshold } = file;
  const members = file.members.map(({ weight, model }) => ({
    weight,
    model: readMember(model, tensors, classes.length, columns),
  }));
  const scorer = file.language
    ? await language?.({ schema, target, classes, labelled, asked: file.asked })
    : undefined;
  if (file.language && !scorer) throw needsLanguage(folder);
  const expectations = readExpectations(file.expectations, classes.length, columns);
  const tabular =
    members.length === 0 && expectations === null
      ? null
      : { encoding, model: { classes: classes.length, members, expectations } };
  const classifier = classifierOf(
    {
      schema,
      classes: classes.length,
      tabular,
      language: file.language,
      evidence,
      calibration,
      priors,
      threshold,
    },
    scorer ?? undefined,
    null,
    states,
  );
  return { ...learned, kind: 'classifier', classes, counts, classifier };
}

/** null: no text is read. */
async function openedStates(
  folder: string,
  encoding: readonly EncodedColumn[],
  open: ModelOptions['states'],
): Promise<TextStates | null> {
  const models = encoding.flatMap((encoded) =>
    encoded.kind === 'text' && encoded.meanings ? [encoded.meanings.model] : [],
  );
  const [model] = models;
  if (model === undefined) return null;
  const states = await open?.({ needed: true, texts: [] });
  if (!states) throw needsLanguage(folder);
  if (states.model === model) return remembered(states, REMEMBERED);
  throw new TabLlmError('bad-config', {
    en: `${folder} was made with the language model ${model}, and does not understand another one; got ${states.model}.`,
    zh: `${folder} 是用语言模型 ${model} 生成的，不能换用其他模型，实际为 ${states.model}。`,
  });
}

function needsLanguage(folder: string): TabLlmError {
  return new TabLlmError('bad-config', {
    en: `${folder} was made with a language model and needs it again; give the one that it was made with.`,
    zh: `${folder} 是用语言模型生成的，需要再次用到它，请给出当时的语言模型。`,
  });
}

function readModelFile(path: string): ModelFile {
  const content = parse(path, readBytes(path));
  const head = z.object({ format: z.string(), version: z.number() }).safeParse(content);
  if (!head.success || head.data.format !== MODEL_FORMAT) {
    throw new TabLlmError('bad-data', {
      en: `${path} is no saved model of this program.`,
      zh: `${path} 不是本程序保存的模型。`,
    });
  }
  if (head.data.version > MODEL_VERSION) {
    const { version } = head.data;
    throw new TabLlmError('bad-data', {
      en: `${path} is of version ${version}; this program reads versions up to ${MODEL_VERSION}. Make the model again, or update.`,
      zh: `${path} 的版本为 ${version}，本程序最高可读取版本 ${MODEL_VERSION}。请重新生成模型，或更新程序。`,
    });
  }
  const parsed = modelFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = schemaProblems(modelFile, content, parsed.error).slice(0, 10);
  throw new TabLlmError(
    'bad-data',
    { en: `${path} is corrupt:`, zh: `${path} 已损坏：` },
    { problems },
  );
}

function parse(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const why = reasonOf(cause);
    throw new TabLlmError(
      'bad-data',
      { en: `${path} is not JSON: ${why.en}`, zh: `${path} 不是 JSON：${why.zh}` },
      { cause },
    );
  }
}

function readLists(path: string): Tensors {
  try {
    return decodeSafetensors(readBytes(path), path);
  } catch (cause) {
    if (!(cause instanceof PeftError)) throw cause;
    throw new TabLlmError('bad-data', cause.text, { cause });
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new TabLlmError(
        'not-found',
        {
          en: `There is no saved model in ${dirname(path)}: ${basename(path)} is missing. Give the folder of a saved model.`,
          zh: `${dirname(path)} 中没有保存的模型：缺少 ${basename(path)}。请给出已保存模型的文件夹。`,
        },
        { cause },
      );
    }
    const why = reasonOf(cause, path);
    throw new TabLlmError(
      'not-found',
      { en: `Cannot read ${path}: ${why.en}`, zh: `无法读取 ${path}：${why.zh}` },
      { cause },
    );
  }
}

function fitsTogether({
  words: { length },
  ...text
}: Extract<EncodedColumn, { readonly kind: 'text' }>): boolean {
  const { idf, shown, axes, topics, meanings } = text;
  if (idf.length !== length || shown > length || axes.length !== length * topics) return false;
  return (
    meanings === null || meanings.axes.length === meanings.mean.length * meanings.centre.length
  );
}

/** Places of the columns that it takes for numbers or for dates. */
function kindRead(encoded: EncodedColumn): {
  readonly kind: 'numeric' | 'date';
  readonly places: readonly number[];
} {
  if (partOf(encoded) !== null) return { kind: 'date', places: [encoded.index] };
  const beside = besideOf(encoded);
  const places = beside === null ? [] : [encoded.index, beside.index];
  return { kind: beside?.as === 'since' ? 'date' : 'numeric', places };
}

const CELLS_OF: Readonly<Record<'numeric' | 'date', Translated>> = {
  numeric: { en: 'numbers', zh: '数字' },
  date: { en: 'dates', zh: '日期' },
};

/** What parts say of each other that is not so. */
function problemsOf(file: ModelFile): Translated[] {
  const columns = file.schema.columns.length;
  const problems = file.encoding
    .filter(({ index }) => index >= columns)
    .map(
      ({ index }): Translated => ({
        en: `encoding: column ${index} of ${columns}`,
        zh: `encoding：列 ${index} 超出了 ${columns} 列`,
      }),
    );
  for (const encoded of file.encoding) {
    const { kind, places } = kindRead(encoded);
    for (const column of places.filter((at) => file.schema.columns[at]?.kind !== kind)) {
      const cells = CELLS_OF[kind];
      problems.push({
        en: `encoding of column ${encoded.index}: column ${column} has no ${cells.en}`,
        zh: `列 ${encoded.index} 的 encoding：列 ${column} 不是${cells.zh}`,
      });
    }
    if (encoded.kind === 'text' && !fitsTogether(encoded)) {
      problems.push({
        en: `encoding of column ${encoded.index}: words, idf, shown, axes and meanings differ in number`,
        zh: `列 ${encoded.index} 的 encoding：words、idf、shown、axes 和 meanings 的个数不符`,
      });
    }
    if ('scores' in encoded && encoded.scores.length !== encoded.values.length) {
      problems.push({
        en: `encoding of column ${encoded.index}: values and scores differ in number`,
        zh: `列 ${encoded.index} 的 encoding：values 和 scores 的个数不同`,
      });
    }
  }
  if (file.kind === 'regressor') {
    if (quantityMembers(file).length === 0) {
      problems.push({ en: 'members: none', zh: 'members：没有成员' });
    }
    return problems;
  }
  const count = file.classes.length;
  const expect = (list: readonly unknown[] | null | undefined, name: string) => {
    if (list && list.length !== count) {
      problems.push({
        en: `${name}: ${list.length} for ${count} classes`,
        zh: `${name}：有 ${list.length} 个，而类别有 ${count} 个`,
      });
    }
  };
  expect(file.counts, 'counts');
  expect(file.language?.bias, 'language.bias');
  expect(file.priors?.trained, 'priors.trained');
  expect(file.priors?.met, 'priors.met');
  if (new Set(file.classes).size !== count) {
    problems.push({ en: 'classes: one stands there twice', zh: 'classes：有类别重复出现' });
  }
  if (file.threshold !== null && count !== 2) {
    problems.push({ en: 'threshold: for two classes only', zh: 'threshold：只能用于两个类别' });
  }
  if (file.members.length === 0 && !file.expectations && !file.language) {
    problems.push({ en: 'members: none', zh: 'members：没有成员' });
  }
  for (const { model } of file.members) {
    if (model.classes !== count) {
      problems.push({
        en: `${model.kind}: ${model.classes} of ${count} classes`,
        zh: `${model.kind}：有 ${model.classes} 个类别，应为 ${count} 个`,
      });
    }
  }
  const { calibration } = file;
  if (calibration.kind === 'isotonic') {
    if (calibration.scores.length !== calibration.probabilities.length) {
      problems.push({
        en: 'calibration: scores and probabilities differ in number',
        zh: 'calibration：scores 和 probabilities 的个数不同',
      });
    }
  }
  return problems;
}

function readMember(
  model: StoredMember,
  tensors: Tensors,
  classes: number,
  columns: number,
): TabularMember {
  if (model.kind === 'logistic-regression') {
    expectLength(model.weights, lineLength(classes, columns), 'weights');
    return model;
  }
  if (model.kind === 'kernel') return readKernelClassifier(tensors, model, columns);
  expectColumns(model.pairs.flat(), columns);
  const wide = columns + 2 * model.pairs.length;
  if (model.kind === 'random-forest') {
    return { ...model, nodes: readTrees(tensors, model.nodes, classes, wide) };
  }
  expectLength(model.nodes, classes === 2 ? 1 : classes, 'boosted trees');
  return { ...model, nodes: model.nodes.map((name) => readTrees(tensors, name, 1, wide)) };
}

function readQuantityMember(
  model: StoredQuantityMember,
  tensors: Tensors,
  columns: number,
): QuantityMember {
  switch (model.kind) {
    case 'ridge-regression':
      expectLength(model.weights, columns + 1, 'ridge weights');
      return model;
    case 'multiplicative-regression':
      expectLength(model.weights, model.plain.length + model.amounts.length + 1, 'powers');
      expectColumns([...model.plain, ...model.amounts.map(({ column }) => column)], columns);
      return model;
    case 'kernel-regression':
      return { kind: model.kind, ...readKernel(tensors, model, 1, columns) };
    case 'regression-forest':
    case 'boosted-regression':
      return { ...model, nodes: readTrees(tensors, model.nodes, 1, columns) };
  }
}

function expectColumns(places: readonly number[], columns: number): void {
  if (places.every((place) => place < columns)) return;
  throw new TabLlmError('bad-data', {
    en: `The model is corrupt: it looks at column ${Math.max(...places)} of ${columns}.`,
    zh: `模型已损坏：用到第 ${Math.max(...places)} 列，而列只有 ${columns} 个。`,
  });
}

function lineLength(classes: number, columns: number): number {
  return (classes === 2 ? 1 : classes) * (columns + 1);
}

function readExpectations(
  stored: { readonly weight: number; readonly line: readonly number[] } | null,
  classes: number,
  columns: number,
): Expectations | null {
  if (stored === null) return null;
  const { weight, line: weights } = stored;
  expectLength(weights, lineLength(classes, columns), 'expectations');
  return { weight, line: { kind: 'logistic-regression', classes, weights } };
}

function readSeen(tensors: Tensors, { schema, seenBy, seenLabels }: ModelFile): SeenRows {
  const [high, low, label] = ['high', 'low', 'label'].map(
    (part) => tensors.get(`seen.${part}`)?.data ?? new Float32Array(),
  ) as [Float32Array, Float32Array, Float32Array];
  expectLength(low, high.length, 'seen.low');
  expectLength(label, high.length, 'seen.label');
  const seen = new SeenRows(schema, seenBy);
  seen.remember(
    Array.from(high, (half, i): [number, string] => {
      const name = seenLabels[label[i] as number];
      if (name === undefined) {
        throw new TabLlmError('bad-data', {
          en: 'seen.label names no label.',
          zh: 'seen.label 没有对应的标签。',
        });
      }
      return [half * HALF_HASH + (low[i] as number), name];
    }),
  );
  return seen;
}

function expectLength(list: ArrayLike<unknown>, length: number, name: string): void {
  if (list.length === length) return;
  throw new TabLlmError('bad-data', {
    en: `The model is corrupt: ${list.length} ${name}, expected ${length}.`,
    zh: `模型已损坏：${name} 有 ${list.length} 个，应为 ${length} 个。`,
  });
}
