/** Where tables are labelled: kept, described, labelled row by row, and learned from at once. */
import { constants, copyFileSync, statSync } from 'node:fs';
import { type AnsweredColumns, EXPECTED_UNTIL, inWriting, TabLlmError } from '@quaestor/tabllm';
import { ServerError } from '../errors.ts';
import { chineseOf } from '../problem-words/chinese-of.ts';
import { badInput, type InputProblem } from '../problem-words/input-problems.ts';
import type { UploadStore } from '../uploads/upload-store.ts';
import type { BoundedTable } from './bounded-table.ts';
import { ColumnOpinions, type ColumnReader, isAskedAbout } from './column-opinions.ts';
import { countLabels } from './count-labels.ts';
import type { ColumnImportance, Fit, RowOpinion } from './fit.ts';
import type {
  GivenLabels,
  Labelling,
  LabellingRow,
  LabellingSettings,
  LabellingSummary,
} from './labelling.ts';
import type { LabellingStore, StoredLabelling, StoredSettings } from './labelling-store.ts';
import type { LearnRequest } from './learn-labels.ts';
import type { LearningProcess } from './learning-process.ts';
import type { LearningCalls } from './learning-protocol.ts';
import { type Piece, type PieceWanted, pieceOf } from './piece-of-rows.ts';
import { quantityWriting } from './quantity-writing.ts';
import { rowLabel } from './row-label.ts';
import { sampleFile } from './sample-tables.ts';
import { settle } from './settle-target.ts';
import { TableCache } from './table-cache.ts';
import { MOST_CELLS_READ, type TextReader, TextReadings } from './text-readings.ts';

export type LabellingSource = { readonly upload: string } | { readonly sample: string };

export const SHOWN = ['all', 'labelled', 'unlabelled', 'given', 'problems'] as const;

export interface RowsWanted extends PieceWanted {
  readonly show: (typeof SHOWN)[number];
  /** Only these, in this order. */
  readonly rows?: readonly number[] | undefined;
}

export interface RowsPiece extends Pick<Piece, 'total' | 'passed'> {
  readonly data: readonly LabellingRow[];
}

export interface LabellingDeskOptions {
  readonly store: LabellingStore;
  readonly uploads: UploadStore;
  readonly learning: LearningProcess;
  readonly report: (error: unknown) => void;
}

export class LabellingDesk {
  readonly #store: LabellingStore;
  readonly #uploads: UploadStore;
  readonly #learning: LearningProcess;
  readonly #tables = new TableCache();
  readonly #said: ColumnOpinions;
  readonly #texts: TextReadings;

  constructor({ store, uploads, learning, report }: LabellingDeskOptions) {
    this.#store = store;
    this.#uploads = uploads;
    this.#learning = learning;
    this.#said = new ColumnOpinions({ store, learning, report });
    this.#texts = new TextReadings({ learning, report });
  }

  /** From now on a language model can be asked about columns, and reads text. */
  consult(reader: ColumnReader & TextReader): void {
    this.#said.consult(reader);
    this.#texts.consult(reader);
  }

  close(): void {
    this.#said.close();
    this.#texts.close();
  }

  /**
   * Keeps a table of its own, which outlasts the upload.
   * @throws ServerError 'not-found', 'bad-upload'; TabLlmError 'bad-csv'
   */
  async create(source: LabellingSource, signal: AbortSignal): Promise<Labelling> {
    const upload = 'upload' in source ? this.#uploads.get(source.upload) : undefined;
    if (upload?.format === 'sqlite') {
      throw new ServerError('bad-upload', {
        en: `${upload.name} is a database; expected a CSV table.`,
        zh: `${upload.name} 是数据库，这里需要 CSV 表格。`,
      });
    }
    const sample = 'sample' in source ? sampleFile(source.sample) : undefined;
    const { id, file } = this.#store.place();
    try {
      if (upload !== undefined) this.#uploads.link(upload.id, file);
      else if (sample !== undefined) copyFileSync(sample, file, constants.COPYFILE_EXCL);
      const description = await this.#learning.call('describe', { file }, signal);
      if (description.rows === 0) {
        throw new ServerError('bad-upload', {
          en: 'The table has a header and no rows.',
          zh: '表格只有表头，没有数据行。',
        });
      }
      const name = 'sample' in source ? `${source.sample}.csv` : (upload?.name ?? 'rows.csv');
      this.#store.add({ id, name, bytes: statSync(file).size, description });
      return await this.get(id);
    } catch (error) {
      this.#store.discard(id);
      throw withoutFile(error, file);
    }
  }

  /** Newest first. */
  list(): readonly LabellingSummary[] {
    return this.#store.list();
  }

  /** @throws ServerError 'not-found' */
  async get(id: string): Promise<Labelling> {
    const stored = this.stored(id);
    const { description, settings, revision, ...rest } = stored;
    const given =
      settings === null ? new Map<number, string>() : this.#store.labels(id, settings.target);
    const counts =
      settings === null
        ? new Map<string, number>()
        : countLabels(await this.#table(id), settings.target, given, settings.classes);
    const classes = settings?.classes ?? [];
    return {
      ...rest,
      rows: description.rows,
      truncated: description.truncated,
      encoding: description.encoding,
      delimiter: description.delimiter,
      warnings: description.warnings,
      columns: description.columns,
      problems: {
        rows: description.problemRows,
        first: description.firstProblems.map(({ row, problems }) => ({
          row,
          problems: [...problems],
        })),
      },
      target: settings?.target ?? null,
      settings,
      given: given.size,
      labelled: [...counts.values()].reduce((sum, count) => sum + count, 0),
      counts: classes.map((label) => ({ label, count: counts.get(label) ?? 0 })),
      needs_no_labels: settings !== null && this.#said.known(id, settings),
      revision,
    };
  }

  /** @throws ServerError 'not-found' */
  remove(id: string): void {
    this.stored(id);
    this.#said.leave(id);
    this.#texts.leave(this.#store.file(id));
    this.#tables.forget(this.#store.file(id));
    this.#store.remove(id);
  }

  /** @throws ServerError 'not-found', 'bad-request' naming every problem */
  async configure(id: string, wanted: LabellingSettings): Promise<Labelling> {
    const { description } = this.stored(id);
    const table = await this.#table(id);
    const given = this.#store.labels(id, wanted.target);
    this.#store.configure(id, settle(wanted, description, table, given));
    return this.get(id);
  }

  /** @throws ServerError 'not-found' */
  async rows(id: string, { show, rows, ...wanted }: RowsWanted): Promise<RowsPiece> {
    const { settings } = this.stored(id);
    const table = await this.#table(id);
    const { target = '', classes = [] } = settings ?? {};
    const given = settings === null ? new Map() : this.#store.labels(id, target);
    const own = rowLabel(settings === null ? [] : table.columns, target, classes);
    const rowOf = (row: number): LabellingRow => {
      const cells = table.rows[row - 1] ?? [];
      const problems = table.problems.get(row) ?? [];
      return { row, cells, problems, own: own(cells), given: given.get(row) ?? null };
    };
    const all = Array.from(table.rows, (_, i) => i + 1);
    const list = rows === undefined ? all : [...new Set(rows)].filter((row) => row <= all.length);
    const piece = pieceOf(list, (row) => isShown(rowOf(row), show), wanted);
    return { data: piece.rows.map(rowOf), total: piece.total, passed: piece.passed };
  }

  /** @throws ServerError as `settings`, 'bad-request' */
  async label(id: string, { target: meant, labels }: GivenLabels): Promise<Labelling> {
    const { description } = this.stored(id);
    const { target, classes, kind } = this.settings(id, meant);
    const writing = kind === 'quantity' ? quantityWriting(await this.#table(id), target) : null;
    const written = labels.map(({ row, label }) => ({
      row,
      label: writing === null || label === null ? label : (inWriting(label, writing) ?? label),
    }));
    const problems = labels.flatMap(({ row, label }): InputProblem[] => [
      ...(row > description.rows ? [{ code: 'no-row', row, rows: description.rows } as const] : []),
      ...(writing !== null && label !== null && inWriting(label, writing) === null
        ? [{ code: 'no-number', row, label, example: writing.example } as const]
        : []),
      ...(label === null || kind === 'quantity' || classes.includes(label)
        ? []
        : [{ code: 'no-class', row, label, classes } as const]),
    ]);
    if (problems.length > 0) throw badInput(problems);
    this.#store.label(id, target, written);
    return this.get(id);
  }

  /** @throws ServerError as `settings`; TabLlmError 'bad-data' where nothing can be learned */
  async fit(id: string, signal: AbortSignal): Promise<Fit> {
    return this.#withTexts('fit', id, await this.#learn(id), signal);
  }

  /** @throws as `fit` */
  async opinions(
    id: string,
    rows: readonly number[],
    explained: boolean,
    signal: AbortSignal,
  ): Promise<readonly RowOpinion[]> {
    const { rows: most } = this.stored(id).description;
    const learn = await this.#learn(id);
    const there = rows.filter((row) => row <= most);
    return this.#withTexts('opinions', id, { learn, rows: there, explained }, signal);
  }

  /** @throws as `fit` */
  async importance(id: string, signal: AbortSignal): Promise<readonly ColumnImportance[]> {
    return this.#withTexts('importance', id, await this.#learn(id), signal);
  }

  /** @throws ServerError 'not-found' */
  stored(id: string): StoredLabelling {
    const found = this.#store.get(id);
    if (found !== undefined) return found;
    throw new ServerError('not-found', {
      en: `There is no labelling ${id.slice(0, 80)}.`,
      zh: '没有这份标注，或已被删除。',
    });
  }

  /**
   * @param meant target that a client has in mind; default: whichever it is
   * @throws ServerError 'not-found', 'conflict' before a target was chosen, or where it is another one
   */
  settings(id: string, meant?: string): StoredSettings {
    const { settings } = this.stored(id);
    if (settings === null) {
      throw new ServerError('conflict', {
        en: 'Choose what to predict first: its target is not set.',
        zh: '请先选择要预测的列。',
      });
    }
    if (meant === undefined || meant === settings.target) return settings;
    throw new ServerError('conflict', {
      en: `The table predicts ${settings.target} by now, not ${meant}: look at it again, and repeat what you did if it still holds.`,
      zh: `这张表现在预测的是“${settings.target}”，而不是“${meant}”：请重新查看，如仍需要，再做一次。`,
    });
  }

  /** Labels that were given for the target of now. */
  given(id: string): ReadonlyMap<number, string> {
    return this.#store.labels(id, this.settings(id).target);
  }

  /** What a language model said of the columns under the settings of now; null: nothing, or nothing yet. */
  answers(id: string): AnsweredColumns | null {
    const said = this.#said.kept(id, this.settings(id));
    return said?.columns.length ? said : null;
  }

  /** Whether a language model is to read the free text of a table when all labels are learned from. */
  readsText(id: string): boolean {
    const { description } = this.stored(id);
    const features = new Set(this.settings(id).features);
    const texts = description.columns.filter(
      ({ name, kind }) => kind === 'text' && features.has(name),
    );
    const cells = texts.length * description.rows;
    return this.#texts.ready && cells > 0 && cells <= MOST_CELLS_READ;
  }

  file(id: string): string {
    return this.#store.file(this.stored(id).id);
  }

  /** Once more where texts were not read yet that it says more of, and they come to be read. */
  async #withTexts<Name extends 'fit' | 'opinions' | 'importance'>(
    name: Name,
    id: string,
    input: LearningCalls[Name]['in'],
    signal: AbortSignal,
  ): Promise<LearningCalls[Name]['out']['said']> {
    const { said, unread } = await this.#learning.call(name, input, signal);
    if (unread.length === 0 || !(await this.#texts.read(this.#store.file(id), unread))) return said;
    return (await this.#learning.call(name, input, signal)).said;
  }

  #table(id: string): Promise<BoundedTable> {
    return this.#tables.read(this.#store.file(id));
  }

  async #learn(id: string): Promise<LearnRequest> {
    const { revision } = this.stored(id);
    const settings = this.settings(id);
    const { target, kind, classes, features, group, threshold } = settings;
    const given = this.#store.labels(id, target);
    const file = this.#store.file(id);
    const answers = await this.#answers(id, settings, given);
    const wanted = { target, kind, classes, features, group, threshold };
    return { file, revision, ...wanted, given: [...given], answers };
  }

  /** What a language model says of the columns, where it counts. */
  async #answers(
    id: string,
    settings: StoredSettings,
    given: ReadonlyMap<number, string>,
  ): Promise<AnsweredColumns | null> {
    if (!isAskedAbout(settings)) return null;
    const { target, classes } = settings;
    const counts = countLabels(await this.#table(id), target, given, classes);
    const labelled = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (labelled > EXPECTED_UNTIL) return null;
    return this.#said.of(id, settings, counts.size < 2);
  }
}

function isShown({ own, given, problems }: LabellingRow, show: RowsWanted['show']): boolean {
  if (show === 'all') return true;
  if (show === 'problems') return problems.length > 0;
  if (show === 'given') return given !== null;
  return (own !== null || given !== null) === (show === 'labelled');
}

/** The path of the file is no client's business. */
function withoutFile(error: unknown, file: string): unknown {
  const known = error instanceof Error && 'code' in error && error.message.includes(file);
  if (!known) return error;
  const code = error.code === 'bad-csv' ? 'bad-csv' : 'bad-data';
  const { chinese = error.message } = chineseOf(error);
  return new TabLlmError(
    code,
    { en: error.message.replaceAll(file, 'the table'), zh: chinese.replaceAll(file, '表格') },
    { cause: error },
  );
}
