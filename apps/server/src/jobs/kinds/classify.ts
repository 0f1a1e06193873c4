import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCsv, parseTemplate, serialisers, TabLlmError } from '@quaestor/tabllm';
import * as z from 'zod';
import { ServerError } from '../../errors.ts';
import { type UploadStore, uploadId } from '../../uploads/upload-store.ts';
import { defineJobKind, type JobKind, type JobPlace } from '../job-kind.ts';
import { QUAESTOR } from './programs.ts';

export const classifyParams = z.strictObject({
  upload: uploadId.describe('CSV file of the rows'),
  target: z.string().min(1).describe('column to predict'),
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

export interface ClassifyTools {
  readonly uploads: UploadStore;
  readonly model: string | undefined;
}

/** Where the result of a job lies. */
export const predictionsOf = ({ folder }: JobPlace) => join(folder, 'predictions.csv');

/** `quaestor classify`. */
export function classifyKind({ uploads, model }: ClassifyTools): JobKind {
  const file = ({ folder }: JobPlace, name: string) => join(folder, name);
  return defineJobKind({
    name: 'classify',
    summary: 'Label the rows of a CSV file that was uploaded',
    lane: 'heavy',
    params: classifyParams,
    prepare: async ({ upload, train_upload, target, id, template, classes }, place) => {
      const columns = await columnsOf(uploads, upload);
      const labelled =
        train_upload === undefined ? columns : await columnsOf(uploads, train_upload);
      const problems = [
        ...(labelled.includes(target) || (train_upload === undefined && classes !== undefined)
          ? []
          : [`params.target ${target} is no column; there are: ${labelled.join(', ')}`]),
        ...(id === undefined || columns.includes(id)
          ? []
          : [`params.id ${id} is no column; there are: ${columns.join(', ')}`]),
      ];
      if (problems.length > 0) {
        throw new ServerError('bad-request', `${problems.join('; ')}.`, { problems });
      }
      if (template !== undefined) {
        checkTemplate(
          template,
          labelled.filter((name) => name !== target),
        );
        writeFileSync(file(place, 'template.txt'), template);
      }
      uploads.link(upload, file(place, 'rows.csv'));
      if (train_upload !== undefined) uploads.link(train_upload, file(place, 'labelled.csv'));
    },
    command: ({ target, id, classes, tabular, question, serialiser, trees, seed }, place) => [
      QUAESTOR,
      ...['classify', file(place, 'rows.csv'), '--json', '--target', target],
      ...['--out', predictionsOf(place), '--serialiser', serialiser],
      ...['--trees', String(trees), '--seed', String(seed)],
      ...given('--train', file(place, 'labelled.csv')),
      ...given('--template', file(place, 'template.txt')),
      ...(id === undefined ? [] : ['--id', id]),
      ...(classes === undefined ? [] : ['--classes', classes.join(',')]),
      ...(question === undefined ? [] : ['--question', question]),
      ...(tabular ? ['--tabular'] : []),
      ...(model === undefined || tabular ? [] : ['--model', model]),
    ],
    // The figures of a run that was killed after its last row went with it; its rows are whole.
    finished: (_params, place) =>
      existsSync(predictionsOf(place)) ? { rows: null, report: null } : undefined,
    result: (printed) => {
      const { out: _path, ...summary } = z.looseObject({ out: z.unknown() }).parse(printed);
      return summary;
    },
  });
}

/** A flag for a file that the job may have. */
function given(flag: string, path: string): readonly string[] {
  return existsSync(path) ? [flag, path] : [];
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
