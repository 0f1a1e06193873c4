/**
 * A CSV text → a label for each row without one, learned from the rows that have one and from what the
 * language model expects of the columns; without any, from the latter alone.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LanguageModel } from '@quaestor/peft';
import {
  type AskedTable,
  askForLabel,
  type ColumnExpert,
  columnExpert,
  describeRow,
  findSerialiser,
  type LanguageScorer,
  languageScorer,
  learnTable,
  predictTable,
  reasonScorer,
  TabLlmError,
  textStates,
} from '@quaestor/tabllm';

export interface ClassifyRequest {
  readonly csv: string;
  /** Column to predict. */
  readonly target: string;
  /** The classes, where no row has a label. */
  readonly classes?: readonly string[] | undefined;
}

export interface ClassifiedRow {
  /** Counted from 1, without the header. */
  readonly row: number;
  readonly label: string;
  /** By class, in the order of `classes`. */
  readonly probabilities: readonly number[];
}

export interface ClassifiedTable {
  readonly classes: readonly string[];
  /** Rows that were learned from. */
  readonly labelled: number;
  readonly rows: readonly ClassifiedRow[];
  /** In English: programs read them. */
  readonly warnings: readonly string[];
}

/** Trees of the forest: a caller waits for the answer. */
const TREES = 100;

/**
 * @param model asked about the columns
 * @throws TabLlmError 'bad-csv' | 'bad-data' | 'not-found'; the signal's reason
 */
export async function classifyTable(
  { csv, target, classes }: ClassifyRequest,
  model: LanguageModel,
  signal: AbortSignal,
): Promise<ClassifiedTable> {
  const folder = await mkdtemp(join(tmpdir(), 'quaestor-classify-'));
  try {
    const file = join(folder, 'table.csv');
    await writeFile(file, csv);
    const reading = { encoding: 'utf-8', signal } as const;
    const learned = await learnTable({
      file,
      target,
      csv: reading,
      task: 'classes',
      trees: TREES,
      expert: async (known) => expertOf(model, known),
      states: async () => textStates({ model }),
      language: async (known) => (known.labelled > 0 ? null : readerOf(model, known)),
      ...(classes !== undefined && { classes }),
    });
    const names = learned.kind === 'classifier' ? learned.classes : [];
    const predicted = await predictTable(learned, file, { csv: reading });
    const rows: ClassifiedRow[] = [];
    for await (const piece of predicted.predictions()) {
      for (const prediction of piece) {
        if (prediction.kind !== 'class') continue;
        const { row, predicted: place, probabilities } = prediction;
        rows.push({ row, label: names[place] ?? '', probabilities });
      }
      signal.throwIfAborted();
    }
    return {
      classes: names,
      labelled: learned.labelled,
      rows,
      warnings: [...learned.warnings, ...predicted.warnings, ...predicted.lateWarnings()].map(
        ({ en }) => en,
      ),
    };
  } catch (error) {
    if (!(error instanceof TabLlmError)) throw error;
    // The file is ours; the caller has given a text.
    const { message, chinese = message } = error;
    const path = join(folder, 'table.csv');
    throw new TabLlmError(
      error.code,
      { en: message.replaceAll(path, 'The table'), zh: chinese.replaceAll(path, '表格') },
      { cause: error },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of a table of free text alone. */
function readerOf(model: LanguageModel, { schema, target, classes }: AskedTable): LanguageScorer {
  const write = findSerialiser('text-template').prepare({ seed: 0 });
  const describe = describeRow(schema);
  const asked = askForLabel(target, classes);
  return languageScorer({ model, ...asked, write: (cells) => write(describe(cells)) });
}

function expertOf(model: LanguageModel, { schema, target, classes }: AskedTable): ColumnExpert {
  const score = reasonScorer({ model, ...askForLabel(target, classes) });
  return columnExpert({ describe: describeRow(schema), score });
}
