/**
 * Class shares and a threshold for a saved model: both come after what it has learned, and need no labels.
 * What was corrected to some shares is corrected to others by the ratio of the two.
 */
import { seededRandom } from '@quaestor/peft';
import {
  checkPrior,
  checkTable,
  columnsRead,
  correctPrior,
  costThreshold,
  estimatePrior,
  evenDraw,
  expectRegularFile,
  type LearnedClassifier,
  type LearnedTable,
  openCsv,
  type ReadCsvOptions,
  type TableClassifier,
} from '@quaestor/tabllm';
import { InputError, UsageError } from '../errors.ts';
import { readPrior, readThreshold } from './decision-rules.ts';

export interface SavedChoices {
  readonly prior?: string | undefined;
  readonly threshold?: string | undefined;
}

/** Rows that class shares are estimated from. */
const ESTIMATED_FROM = 5000;

/** @param file whose rows are to be predicted @throws UsageError, InputError for what does not fit the model */
export async function withChoices(
  learned: LearnedTable,
  { prior, threshold }: SavedChoices,
  file: string,
  csv: ReadCsvOptions,
): Promise<LearnedTable> {
  if (prior === undefined && threshold === undefined) return learned;
  if (learned.kind === 'regressor') {
    throw new UsageError(
      [`the model predicts a quantity, ${learned.target}: leave out --prior and --threshold`],
      'classify',
    );
  }
  let { classifier } = learned;
  if (prior !== undefined) classifier = await withShares(learned, readPrior(prior), file, csv);
  if (threshold !== undefined) {
    const { state } = classifier;
    classifier = { ...classifier, state: { ...state, threshold: thresholdOf(learned, threshold) } };
  }
  return { ...learned, classifier };
}

async function withShares(
  learned: LearnedClassifier,
  prior: readonly number[] | 'estimate',
  file: string,
  csv: ReadCsvOptions,
): Promise<TableClassifier> {
  const { classes, classifier, counts, labelled } = learned;
  if (labelled === 0) {
    throw new InputError(
      '--prior: the model was learned without labels, so that there are no class shares to go from. Leave it out.',
    );
  }
  checkPrior(prior, classes);
  const { state, steps, predict } = classifier;
  // Copies that were left out are among the labelled rows, but not among these.
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const trained = state.priors?.trained ?? counts.map((count) => count / rows);
  const before = state.priors?.met ?? trained;
  const met =
    prior === 'estimate'
      ? estimatePrior(predict(await someRows(learned, file, csv)), before)
      : prior;
  const correct = (p: Float64Array) => correctPrior(p, before, met);
  return {
    ...classifier,
    state: { ...state, priors: { trained, met } },
    steps: steps && { ...steps, finish: (said) => correct(steps.finish(said)) },
    predict: (rows) => correct(predict(rows)),
  };
}

/** Where both mistakes are expected to cost the same. */
function thresholdOf({ classes }: LearnedClassifier, text: string): number {
  const threshold = costThreshold(readThreshold(text), 2);
  if (threshold === null) throw new InputError(`--threshold ${text} needs labelled rows.`);
  if (classes.length !== 2) {
    throw new InputError(`--threshold is for two classes; the model has ${classes.join(', ')}.`);
  }
  return threshold;
}

/** Rows drawn from all of a table, which may be sorted; cells in the order of the schema. */
async function someRows(
  learned: LearnedClassifier,
  file: string,
  csv: ReadCsvOptions,
): Promise<(readonly string[])[]> {
  const { schema, seed } = learned;
  expectRegularFile(file);
  const table = await openCsv(file, csv);
  try {
    const { arrange } = checkTable(schema, table.columns, null, columnsRead(learned));
    const kept = evenDraw(ESTIMATED_FROM, seededRandom(seed));
    const rows: (readonly string[])[] = [];
    for await (const some of table.rows()) {
      for (const { cells } of some) {
        const at = kept();
        if (at !== null) rows[at] = arrange(cells);
      }
    }
    if (rows.length > 0) return rows;
    throw new InputError(`--prior estimate: ${file} has no rows to estimate class shares from.`);
  } finally {
    await table.close();
  }
}
