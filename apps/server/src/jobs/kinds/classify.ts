/**
 * `quaestor classify` as a job, of three sorts: learn from an upload, learn from a labelling, or ask a
 * saved classifier.
 */
import { existsSync, linkSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  openCsv,
  parseTemplate,
  serialisers,
  TabLlmError,
  type TableReport,
} from '@quaestor/tabllm';
import * as z from 'zod';
import { classifierName } from '../../classifiers/classifier.ts';
import { asksLanguage, type ClassifierStore } from '../../classifiers/classifier-store.ts';
import { ServerError } from '../../errors.ts';
import { fitReportOf } from '../../labelling/fit-report.ts';
import { writeLabelledRows } from '../../labelling/labelled-rows.ts';
import { type LabellingThreshold, labellingId, thresholdRule } from '../../labelling/labelling.ts';
import type { LabellingDesk } from '../../labelling/labelling-desk.ts';
import { type UploadStore, uploadId } from '../../uploads/upload-store.ts';
import { defineJobKind, type JobKind, type JobPlace } from '../job-kind.ts';
import { QUAESTOR } from './programs.ts';

export const classifyParams = z.strictObject({
  upload: uploadId.optional().describe('CSV file of the rows'),
  labelling: labellingId
    .optional()
    .describe('labelled table instead of an upload: its labels are learned from'),
  classifier: classifierName
    .optional()
    .describe('saved classifier to label the rows of the upload with; it knows its target'),
  target: z
    .string()
    .min(1)
    .optional()
    .describe('column to predict; needed to learn from an upload'),
  train_upload: uploadId
    .optional()
    .describe('CSV file of labelled rows; default: rows of the file that have a label'),
  id: z.string().min(1).optional().describe('column that tells rows apart'),
  classes: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .regex(/^[^,]*$/, 'has a comma'),
    )
    .min(2)
    .optional()
    .describe('the classes, where no row has a label'),
  threshold: thresholdRule.optional(),
  explain: z.boolean().default(false).describe('tell why, for each row'),
  tabular: z.boolean().default(false).describe('leave the language model out'),
  question: z.string().trim().min(1).max(2000).optional().describe('what to ask about a row'),
  serialiser: z
    .enum(serialisers().map(({ name }) => name) as [string, ...string[]])
    .default('text-template')
    .describe('how a row becomes text'),
  template: z
    .string()
    .min(1)
    .max(20_000)
    .optional()
    .describe('a text with columns in braces, instead of a serialiser: {age} years old.'),
  trees: z.int().min(1).max(2000).default(300).describe('trees of the random forest'),
  seed: z.int().min(0).default(0),
});

type ClassifyParams = z.output<typeof classifyParams>;

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
});

type Plan = z.output<typeof plan>;

/** What was settled when the job was queued. */
export function planOf(place: JobPlace): Plan {
  return plan.parse(JSON.parse(readFileSync(file(place, 'plan.json'), 'utf8')));
}

/** `quaestor classify`. */
export function classifyKind(tools: ClassifyTools): JobKind {
  return defineJobKind({
    name: 'classify',
    summary: 'Label the rows of a CSV file that was uploaded',
    // Without the language model it is no heavy work, and need not wait for a training.
    lane: (_params, place) => planOf(place).lane,
    params: classifyParams,
    prepare: async (params, place) => {
      checkTogether(params);
      const settled =
        params.labelling !== undefined
          ? await planLabelling(params.labelling, tools, place)
          : params.classifier !== undefined
            ? await planClassifier(params, params.classifier, tools, place)
            : await planUpload(params, tools, place);
      writeFileSync(file(place, 'plan.json'), JSON.stringify(settled));
    },
    command: ({ explain, serialiser, seed }, place) => [
      QUAESTOR,
      ...['classify', tableOf(place), '--json', '--out', predictionsOf(place)],
      ...['--serialiser', serialiser, '--seed', String(seed)],
      ...(explain ? ['--explain'] : []),
      ...planOf(place).words,
    ],
    // The figures of a run that was killed after its last row went with it; its rows are whole.
    finished: (_params, place) =>
      existsSync(predictionsOf(place)) ? { rows: null, report: null } : undefined,
    result: (printed, { labelling }, place) => {
      const { out: _path, report, held, ...summary } = printedResult.parse(printed);
      const told = (figures: unknown) =>
        figures === null || figures === undefined ? null : fitReportOf(figures as TableReport);
      return {
        ...summary,
        target: planOf(place).target,
        // Rows of a labelling that have a label were learned from: only `held` is honest of them.
        report: labelling === undefined ? told(report) : null,
        held: told(held),
        saved: existsSync(join(modelOf(place), 'model.json')),
      };
    },
  });
}

const printedResult = z.looseObject({ out: z.unknown(), report: z.unknown(), held: z.unknown() });

/** @throws ServerError 'bad-request' naming every problem */
function checkTogether(params: ClassifyParams): void {
  const { upload, labelling, classifier, target } = params;
  const problems: string[] = [];
  if ((upload === undefined) === (labelling === undefined)) {
    problems.push('give either upload or labelling');
  }
  if (labelling === undefined && classifier === undefined && target === undefined) {
    problems.push('target is missing: column to predict');
  }
  const bound = labelling === undefined ? 'classifier' : 'labelling';
  if (labelling !== undefined || classifier !== undefined) {
    const other = [
      'target',
      'train_upload',
      'classes',
      'threshold',
      'question',
      'template',
    ] as const;
    for (const name of other) {
      if (params[name] !== undefined) problems.push(`${name} does not go with ${bound}`);
    }
  }
  if (labelling !== undefined && params.id !== undefined) {
    problems.push('id does not go with labelling');
  }
  if (labelling !== undefined && classifier !== undefined) {
    problems.push('classifier does not go with labelling: upload the table');
  }
  if (problems.length > 0) {
    throw new ServerError('bad-request', `${problems.join('; ')}.`, { problems });
  }
}

/** Learns from all labels of a labelling, keeps the model, and labels every row. */
async function planLabelling(
  id: string,
  { labellings, model }: ClassifyTools,
  place: JobPlace,
): Promise<Plan> {
  const { target, kind, classes, features, threshold } = labellings.settings(id);
  const given = labellings.given(id);
  const table = labellings.file(id);
  linkSync(table, tableOf(place));
  const labelled = file(place, 'labelled.csv');
  const counts = await writeLabelledRows(table, labelled, { target, features, given });
  const words = ['--target', target];
  if (counts.size === 0 && kind === 'classes') {
    words.push('--classes', classes.join(','), ...languageModel(model));
    return { target, words, lane: 'heavy', given: [] };
  }
  if (counts.size < 2) {
    throw new ServerError(
      'conflict',
      `Rows of at least two ${kind === 'classes' ? 'classes' : 'values'} have to be labelled first.`,
    );
  }
  words.push('--train', labelled, '--tabular', '--task', kind, '--save', modelOf(place));
  if (threshold !== null) words.push('--threshold', thresholdWord(threshold));
  return { target, words, lane: 'light', given: [...given].map(([row, label]) => [row, label]) };
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
  const words = ['--model', modelOf(place), ...(id === undefined ? [] : ['--id', id])];
  if (asks) words.push(...languageModel(model));
  return { target: facts.target, words, lane: asks ? 'heavy' : 'light', given: [] };
}

async function planUpload(
  params: ClassifyParams,
  { uploads, model }: ClassifyTools,
  place: JobPlace,
): Promise<Plan> {
  const { upload = '', train_upload, target = '', id, template, classes, tabular } = params;
  const { question, threshold, trees } = params;
  const columns = await columnsOf(uploads, upload);
  const labelled = train_upload === undefined ? columns : await columnsOf(uploads, train_upload);
  if (train_upload !== undefined || classes === undefined) {
    expectColumn('target', target, labelled);
  }
  expectColumn('id', id, columns);
  const words = ['--target', target, '--trees', String(trees)];
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
  if (id !== undefined) words.push('--id', id);
  if (classes !== undefined) words.push('--classes', classes.join(','));
  if (question !== undefined) words.push('--question', question);
  if (threshold !== undefined) words.push('--threshold', thresholdWord(threshold));
  words.push(...(tabular ? ['--tabular'] : languageModel(model)));
  return { target, words, lane: tabular ? 'light' : 'heavy', given: [] };
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
  throw new ServerError(
    'bad-request',
    `params.${what} ${name} is no column; there are: ${columns.join(', ')}.`,
  );
}

/** @throws ServerError 'not-found' | 'bad-upload'; TabLlmError 'bad-csv' */
async function columnsOf(uploads: UploadStore, id: string): Promise<readonly string[]> {
  const { format } = uploads.get(id);
  if (format !== 'csv') {
    throw new ServerError('bad-upload', `${id} is a SQLite database; expected a CSV table.`);
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
    throw new ServerError('bad-request', `params.template: ${error.message}`, {
      problems: error.problems,
    });
  }
}
