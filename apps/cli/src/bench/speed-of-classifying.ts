/** How fast rows get their labels: a table through the tabular models, and rows that a language model reads. */
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { type LanguageModel, seededRandom } from '@quaestor/peft';
import {
  checkTable,
  type LearnedTable,
  labelScorer,
  openCsv,
  PROMPT_STYLES,
  type PromptStyle,
  predictRows,
  predictTable,
} from '@quaestor/tabllm';

export interface Speed {
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Processor time of all threads, a row. */
  readonly microsecondsPerRow: number;
  /** Resident memory of the process at its highest so far, bytes. */
  readonly peakMemory: number;
}

export interface TableSpeed extends Speed {
  readonly threads: number;
}

export interface LanguageSpeed extends Speed {
  readonly style: PromptStyle;
  /** Of a prompt, in the mean. */
  readonly tokensPerRow: number;
  readonly tokensPerSecond: number;
}

/** Rows that are held in memory to time the models alone. */
const IN_MEMORY = 50_000;

/** A large table: rows of a small one, drawn with replacement. */
export async function growTable(
  from: string,
  to: string,
  { rows, skip, seed }: { readonly rows: number; readonly skip: number; readonly seed: number },
): Promise<void> {
  const [header, ...lines] = readFileSync(from, 'utf8').trim().split('\n');
  const random = seededRandom(seed);
  const file = createWriteStream(to);
  file.write(`${header}\n`);
  const rest = lines.slice(skip);
  for (let done = 0; done < rows; done += 10_000) {
    const some = Array.from(
      { length: Math.min(10_000, rows - done) },
      () => rest[random.integer(rest.length)] as string,
    );
    if (!file.write(`${some.join('\n')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/** From the file to predictions, nothing written. */
export async function speedOfTable(
  learned: LearnedTable,
  file: string,
  threads: number,
  signal: AbortSignal,
): Promise<TableSpeed> {
  const table = await predictTable(learned, file, { threads, csv: { signal } });
  return {
    threads,
    ...(await timed(async () => {
      let rows = 0;
      for await (const predictions of table.predictions()) rows += predictions.length;
      return rows;
    })),
  };
}

/** The tabular part by itself, on one thread: rows that are read already → numbers → predictions. */
export async function speedOfModel(learned: LearnedTable, file: string): Promise<Speed> {
  const pieces = await readRows(learned, file, IN_MEMORY);
  return timed(async () =>
    pieces.reduce((rows, piece) => rows + predictRows(learned, piece).length, 0),
  );
}

/** Rows from the beginning of a table, in the model's order, as they are read together. */
async function readRows(
  { schema }: LearnedTable,
  file: string,
  count: number,
): Promise<string[][][]> {
  const table = await openCsv(file);
  const { arrange } = checkTable(schema, table.columns);
  const pieces: string[][][] = [];
  let rows = 0;
  for await (const piece of table.rows()) {
    pieces.push(piece.map(({ cells }) => arrange(cells)));
    rows += piece.length;
    if (rows >= count) break;
  }
  return pieces;
}

/** @param notes rows in words */
export async function speedsOfLanguage(
  model: LanguageModel,
  notes: readonly string[],
  asked: { readonly question: string; readonly words: readonly string[] },
): Promise<LanguageSpeed[]> {
  const speeds: LanguageSpeed[] = [];
  for (const style of PROMPT_STYLES) {
    if (style === 'chat') continue;
    const score = labelScorer({ model, style, ...asked });
    // The first pass prepares the engine.
    score(notes.slice(0, 8));
    const speed = await timed(async () => score(notes).length);
    const tokensPerRow = meanTokens(model, notes, asked.question);
    speeds.push({
      style,
      tokensPerRow,
      tokensPerSecond: tokensPerRow * speed.rowsPerSecond,
      ...speed,
    });
  }
  return speeds;
}

/**
 * Notes whose prompts have so many tokens each: a row goes on with the columns of those after it, and
 * the last is cut.
 * @param tokens of a prompt with its question; of a note at least one
 */
export function notesOfLength(
  { tokenizer }: LanguageModel,
  notes: readonly string[],
  question: string,
  tokens: number,
): string[] {
  if (tokenizer === null) throw new Error('a model without a tokenizer counts no tokens');
  const encoded = notes.map((note) => tokenizer.encode(`${note} `));
  const room = Math.max(1, tokens - tokenizer.encode(prompt('', question)).length);
  return encoded.map((_, first) => {
    const note: number[] = [];
    for (let i = first; note.length < room; i++) note.push(...(encoded[i % encoded.length] ?? []));
    return tokenizer.decode(note.slice(0, room));
  });
}

function meanTokens(
  { tokenizer }: LanguageModel,
  notes: readonly string[],
  question: string,
): number {
  const counts = notes.map((note) => tokenizer?.encode(prompt(note, question)).length ?? 0);
  return counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);
}

function prompt(note: string, question: string): string {
  return `${note}\n\n${question} Answer:`;
}

async function timed(work: () => Promise<number>): Promise<Speed> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const rows = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    rows,
    rowsPerSecond: rows / seconds,
    microsecondsPerRow: (user + system) / rows,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
}
