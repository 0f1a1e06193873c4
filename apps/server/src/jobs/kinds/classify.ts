/**
 * `quaestor classify` as a job, of three sorts: learn from an upload, learn from a labelling, or ask a
 * saved classifier.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TableReport } from '@quaestor/tabllm';
import * as z from 'zod';
import { fitReportOf } from '../../labelling/fit-report.ts';
import { defineJobKind, type JobKind, type JobPlace } from '../job-kind.ts';
import { checkTogether, classifyParams } from './classify-params.ts';
import {
  type ClassifyTools,
  modelOf,
  planOf,
  predictionsOf,
  settlePlan,
  tableOf,
} from './classify-plan.ts';
import { QUAESTOR } from './programs.ts';

/** `quaestor classify`. */
export function classifyKind(tools: ClassifyTools): JobKind {
  return defineJobKind({
    name: 'classify',
    summary: {
      en: 'Label the rows of a CSV file that was uploaded',
      zh: '标注上传的 CSV 文件的各行',
    },
    // Without the language model it is no heavy work, and need not wait for a training.
    lane: (_params, place) => planOf(place).lane,
    params: classifyParams,
    prepare: async (params, place) => {
      checkTogether(params);
      await settlePlan(params, tools, place);
    },
    command: ({ classifier, explain, language, serialiser, seed }, place) => [
      QUAESTOR,
      ...['classify', tableOf(place), '--json', '--out', predictionsOf(place)],
      // A saved classifier is used as it was learned.
      ...(classifier === undefined ? ['--seed', String(seed)] : []),
      ...(classifier === undefined && serialiser !== undefined ? ['--serialiser', serialiser] : []),
      ...(explain ? ['--explain'] : []),
      ...(language === undefined ? [] : ['--language', language]),
      ...planOf(place).words,
    ],
    // The figures of a run that was killed after its last row went with it; its rows are whole.
    finished: (_params, place) =>
      existsSync(predictionsOf(place))
        ? {
            rows: null,
            report: null,
            held: null,
            ...toldOf(place),
            saved: existsSync(join(modelOf(place), 'model.json')),
          }
        : undefined,
    result: (printed, { labelling }, place) => {
      const { out: _path, report, held, ...summary } = printedResult.parse(printed);
      const told = (figures: unknown) =>
        figures === null || figures === undefined ? null : fitReportOf(figures as TableReport);
      return {
        ...summary,
        ...toldOf(place),
        // Rows of a labelling that have a label were learned from: only `held` is honest of them.
        report: labelling === undefined ? told(report) : null,
        held: told(held),
        saved: existsSync(join(modelOf(place), 'model.json')),
      };
    },
  });
}

/** What of its plan stands in the result of a job. */
function toldOf(place: JobPlace) {
  const { target, revision } = planOf(place);
  return { target, ...(revision !== undefined && { revision }) };
}

const printedResult = z.looseObject({
  out: z.unknown(),
  report: z.unknown().optional(),
  held: z.unknown().optional(),
});
