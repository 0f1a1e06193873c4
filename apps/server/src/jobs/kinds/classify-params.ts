/** What a classification is told, and what of it goes together. */
import { serialisers } from '@quaestor/tabllm';
import * as z from 'zod';
import { classifierName } from '../../classifiers/classifier.ts';
import { labellingId, thresholdRule } from '../../labelling/labelling.ts';
import { badInput, type InputProblem } from '../../problem-words/input-problems.ts';
import { uploadId } from '../../uploads/upload-store.ts';

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

export type ClassifyParams = z.output<typeof classifyParams>;

/** @throws ServerError 'bad-request' naming every problem */
export function checkTogether(params: ClassifyParams): void {
  const { upload, labelling, classifier, target } = params;
  const problems: InputProblem[] = [];
  if ((upload === undefined) === (labelling === undefined)) {
    problems.push({ code: 'upload-or-labelling' });
  }
  if (labelling === undefined && classifier === undefined && target === undefined) {
    problems.push({ code: 'no-target' });
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
      if (params[name] !== undefined) {
        problems.push({ code: 'not-with', field: name, other: bound });
      }
    }
  }
  if (labelling !== undefined && params.id !== undefined) {
    problems.push({ code: 'not-with', field: 'id', other: 'labelling' });
  }
  if (labelling !== undefined && classifier !== undefined) {
    problems.push({ code: 'classifier-with-labelling' });
  }
  if (problems.length > 0) throw badInput(problems);
}
