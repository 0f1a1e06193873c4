/** A classification, settled when it is queued: its files in the job's folder, and the words it runs with. */
import { linkSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textIn } from '@quaestor/peft';
import {
  type AnsweredColumns,
  missingTest,
  openCsv,
  parseTemplate,
  TabLlmError,
} from '@quaestor/tabllm';
import * as z from 'zod';
import { asksLanguage, type ClassifierStore } from '../../classifiers/classifier-store.ts';
import { ServerError } from '../../errors.ts';
import { writeLabelledRows } from '../../labelling/labelled-rows.ts';
import type { LabellingThreshold } from '../../labelling/labelling.ts';
import type { LabellingDesk } from '../../labelling/labelling-desk.ts';
import { MOST_CELLS_READ } from '../../labelling/text-readings.ts';
import { badInput } from '../../problem-words/input-problems.ts';
import type { UploadStore } from '../../uploads/upload-store.ts';
import type { JobPlace } from '../job-kind.ts';
import type { ClassifyParams } from './classify-params.ts';

export interface ClassifyTools {
  readonly uploads: UploadStore;
  readonly labellings: LabellingDesk;
  readonly classifiers: ClassifierStore;
  readonly model: string | undefined;
}

const file = ({ folder }: JobPlace, name: string) => join(folder, name);

/** Where the result of a job lies. */
export const predictionsOf = (place: JobPlace) => file(place, 'predictions.csv');
/** The table as it was sent. */
export const tableOf = (place: JobPlace) => file(place, 'rows.csv');
/** Folder of the model that a job learned, or was given. */
export const modelOf = (place: JobPlace) => file(place, 'model');

const plan = z.object({
  target: z.string(),
  /** Words of the command line. */
  words: z.array(z.string()),
  lane: z.enum(['heavy', 'light']),
  /** Labels that were given by hand, by row. */
  given: z.array(z.tuple([z.int(), z.string()])),
  /** Of the labelling that is learned from. */
  revision: z.int().optional(),
});

type Plan = z.output<typeof plan>;

/** What was settled when the job was queued. */
export function planOf(place: JobPlace): Plan {
  return plan.parse(JSON.parse(readFileSync(file(place, 'plan.json'), 'utf8')));
}

/** Writes down what the job does. @throws ServerError, TabLlmError for what is not there or does not fit */
export async function settlePlan(
  params: ClassifyParams,
  tools: ClassifyTools,
  place: JobPlace,
): Promise<void> {
  const { labelling, classifier } = params;
  const settled =
    labelling !== undefined
      ? {
          // Labels that come meanwhile are later ones, learned from or not.
          revision: tools.labellings.stored(labelling).revision,
          ...(await planLabelling(params, labelling, tools, place)),
        }
      : classifier !== undefined
        ? await planClassifier(params, classifier, tools, place)
        : await planUpload(params, tools, place);
  writeFileSync(file(place, 'plan.json'), JSON.stringify(settled));
}

/** Learns from all labels of a labelling, keeps the model, and labels every row. */
async function planLabelling(
  { serialiser, target: meant }: ClassifyParams,
  id: string,
  { labellings, model }: ClassifyTools,
  place: JobPlace,
): Promise<Plan> {
  const { target, kind, classes, features, group, threshold } = labellings.settings(id, meant);
  // Who says how a row becomes text wants rows to be read.
  const answers = serialiser === undefined ? labellings.answers(id) : null;
  const given = labellings.given(id);
  const table = labellings.file(id);
  linkSync(table, tableOf(place));
  const labelled = file(place, 'labelled.csv');
  const { columns: all } = labellings.stored(id).description;
  const columns = all.map(({ name }) => name).filter((name) => name !== target);
  const counts = await writeLabelledRows(table, labelled, { target, columns, classes, given });
  const words = [optionWord('target', target)];
  // Beyond the rows that can be labelled there may be classes that nothing was said of.
  const said = [...counts.keys()].every((label) => answers?.classes.includes(label)) && answers;
  const expectations = said ? writeExpectations(said, place) : undefined;
  if (counts.size === 0 && kind === 'classes') {
    words.push(optionWord('classes', classes.join(',')));
    if (expectations === undefined) {
      words.push(...languageModel(model));
      return { target, words, lane: 'heavy', given: [] };
    }
    words.push(...expectations, '--save', modelOf(place));
    return { target, words, lane: 'light', given: [] };
  }
  if (counts.size < 2) {
    throw new ServerError('conflict', {
      en: `Rows of at least two ${kind === 'classes' ? 'classes' : 'values'} have to be labelled first.`,
      zh: `请先标注至少两${kind === 'classes' ? '个类别' : '种取值'}的行。`,
    });
  }
  const reads = serialiser === undefined && labellings.readsText(id);
  const reading = reads ? ['--read-text', String(MOST_CELLS_READ), ...languageModel(model)] : [];
  const asking = expectations ?? (reads ? [] : ['--tabular']);
  words.push('--train', labelled, ...asking, ...reading, '--task', kind);
  words.push('--save', modelOf(place), ...namedForNone(classes));
  // Rows may belong together by what is not learned from.
  const without = columns.filter((name) => !features.includes(name));
  words.push(...without.map((name) => optionWord('without', name)));
  if (group !== null) words.push(optionWord('group', group));
  if (threshold !== null) words.push('--threshold', thresholdWord(threshold));
  const lane = reads ? 'heavy' : 'light';
  return { target, words, lane, given: [...given].map(([row, label]) => [row, label]) };
}

/** Classes called NA and the like, which are no labels unless they are named. */
function namedForNone(classes: readonly string[]): readonly string[] {
  const named = classes.filter(missingTest());
  return named.length === 0 ? [] : [optionWord('classes', named.join(','))];
}

/** @returns the words by which a job learns with what was said of the columns */
function writeExpectations(answers: AnsweredColumns, place: JobPlace): readonly string[] {
  const path = file(place, 'expectations.json');
  writeFileSync(path, JSON.stringify(answers));
  return ['--expectations', path];
}

async function planClassifier(
  { upload = '', id }: ClassifyParams,
  name: string,
  { uploads, classifiers, model }: ClassifyTools,
  place: JobPlace,
): Promise<Plan> {
  const facts = classifiers.facts(name);
  expectColumn('id', id, await columnsOf(uploads, upload));
  classifiers.copy(name, modelOf(place));
  uploads.link(upload, tableOf(place));
  const asks = asksLanguage(facts);
  const words = ['--model', modelOf(place), ...(id === undefined ? [] : [optionWord('id', id)])];
  if (asks) words.push(...languageModel(model));
  return { target: facts.target, words, lane: asks ? 'heavy' : 'light', given: [] };
}

async function planUpload(
  params: ClassifyParams,
  { uploads, model }: ClassifyTools,
  place: JobPlace,
): Promise<Plan> {
  const { upload = '', train_upload, target = '', id, template, classes, tabular } = params;
  const { question, threshold, trees, group } = params;
  const columns = await columnsOf(uploads, upload);
  const labelled = train_upload === undefined ? columns : await columnsOf(uploads, train_upload);
  if (train_upload !== undefined || classes === undefined) {
    expectColumn('target', target, labelled);
  }
  expectColumn('id', id, columns);
  expectColumn('group', group, labelled);
  const words = [optionWord('target', target), '--trees', String(trees)];
  if (template !== undefined) {
    checkTemplate(
      template,
      labelled.filter((name) => name !== target),
    );
    writeFileSync(file(place, 'template.txt'), template);
    words.push('--template', file(place, 'template.txt'));
  }
  uploads.link(upload, tableOf(place));
  if (train_upload !== undefined) {
    uploads.link(train_upload, file(place, 'labelled.csv'));
    words.push('--train', file(place, 'labelled.csv'));
  }
  if (id !== undefined) words.push(optionWord('id', id));
  if (group !== undefined) words.push(optionWord('group', group));
  if (classes !== undefined) words.push(optionWord('classes', classes.join(',')));
  if (question !== undefined) words.push(optionWord('question', question));
  if (threshold !== undefined) words.push('--threshold', thresholdWord(threshold));
  words.push(...(tabular ? ['--tabular'] : languageModel(model)));
  return { target, words, lane: tabular ? 'light' : 'heavy', given: [] };
}

/** In one word: what begins with a dash would else be taken for an option. */
function optionWord(name: string, value: string): string {
  return `--${name}=${value}`;
}

function languageModel(model: string | undefined): readonly string[] {
  return model === undefined ? [] : ['--language-model', model];
}

function thresholdWord(threshold: LabellingThreshold): string {
  if (threshold.by !== 'cost') return threshold.by;
  // Written out, as the command line reads no exponents.
  const [alarm, miss] = [threshold.false_alarm, threshold.miss].map((cost) =>
    cost.toFixed(6).replace(/\.?0+$/, ''),
  );
  return `cost:${alarm}:${miss}`;
}

/** @throws ServerError 'bad-request' */
function expectColumn(what: string, name: string | undefined, columns: readonly string[]): void {
  if (name === undefined || columns.includes(name)) return;
  throw badInput([{ code: 'no-column', field: what, name, columns }]);
}

/** @throws ServerError 'not-found' | 'bad-upload'; TabLlmError 'bad-csv' */
async function columnsOf(uploads: UploadStore, id: string): Promise<readonly string[]> {
  const { format } = uploads.get(id);
  if (format !== 'csv') {
    throw new ServerError('bad-upload', {
      en: `${id} is a SQLite database; expected a CSV table.`,
      zh: `上传的文件 ${id} 是 SQLite 数据库，这里需要 CSV 表格。`,
    });
  }
  const table = await openCsv(uploads.path(id));
  await table.close();
  return table.columns;
}

/** @throws ServerError 'bad-request' naming every brace that is no column */
function checkTemplate(template: string, columns: readonly string[]): void {
  try {
    parseTemplate(template, columns);
  } catch (error) {
    if (!(error instanceof TabLlmError)) throw error;
    const [field, en, zh] = ['params.template', textIn(error.text, 'en'), textIn(error.text, 'zh')];
    throw new ServerError(
      'bad-request',
      { en: `${field}: ${en}`, zh: `${field}：${zh}` },
      { problems: error.problemTexts },
    );
  }
}
