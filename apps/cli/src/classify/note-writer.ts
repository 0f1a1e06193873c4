/** Rows → text for the language model: by a layout, or written by the model beforehand and kept. */
import { type LanguageModel, modelTextSource, stateFolder } from '@quaestor/peft';
import { openTextCache, type TableSchema, writeRows } from '@quaestor/tabllm';
import type { Terminal } from '../command.ts';
import { Progress } from '../progress.ts';
import type { Asking } from './asking.ts';

/** One sentence is short, a whole row may take several. */
const MOST_TOKENS = 256;

/** Rows that tell what values columns have. */
const SAMPLE = 1000;

/**
 * @param rows those that will be asked about, for a writer that needs time
 * @returns a text for each of these rows, cells in the schema's order; others by the template
 */
export async function noteWriter(
  model: LanguageModel,
  asking: Asking,
  schema: TableSchema,
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  terminal: Terminal,
): Promise<(cells: readonly string[]) => string> {
  const { textWriter: writer } = asking;
  if (writer === null) {
    return asking.writer(schema, asking.needsSample() ? await someOf(rows, SAMPLE) : []);
  }
  const template = asking.writer(schema);
  const all = await someOf(rows, Number.POSITIVE_INFINITY);
  const describe = asking.describe(schema);
  const progress = new Progress(terminal);
  const { notes, accepted } = await writeRows(all.map(describe), {
    writer,
    source: modelTextSource(model, {
      chat: true,
      temperature: 0,
      maxTokens: MOST_TOKENS,
      streams: 16,
    }),
    cache: openTextCache(stateFolder('texts', `${writer.name}.jsonl`), model.name),
    signal: terminal.signal,
    onProgress: (done, whole) =>
      progress.update(
        { en: `writing ${done}/${whole}`, zh: `正在改写 ${done}/${whole}` },
        done / whole,
      ),
  });
  const percent = (100 * accepted).toFixed(0);
  progress.line({
    en: `${percent} % in the model’s words, the rest left out or added something and is said by the template`,
    zh: `${percent}% 由模型改写，其余的因有遗漏或添加而改用模板`,
  });
  const byRow = new Map(all.map((cells, i) => [JSON.stringify(cells), notes[i] as string]));
  return (cells) => byRow.get(JSON.stringify(cells)) ?? template(cells);
}

/** The first of them. */
async function someOf<Row>(rows: AsyncIterable<Row> | Iterable<Row>, most: number): Promise<Row[]> {
  const some: Row[] = [];
  for await (const row of rows) if (some.push(row) >= most) break;
  return some;
}
