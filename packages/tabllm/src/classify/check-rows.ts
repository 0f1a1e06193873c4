/** Rows and labels that come from a program: what types promise is checked before anything is learned from it. */
import { schemaProblems, type Translated } from '@quaestor/peft';
import * as z from 'zod';
import { TabLlmError } from '../errors.ts';

const cost = z.number().min(0);

/** The part of `fitTable`'s options that is data. */
const fitSettings = z.object({
  task: z.enum(['auto', 'classes', 'quantity']).optional(),
  classes: z.array(z.string()).optional(),
  trees: z.int().positive().optional(),
  seed: z.int().optional(),
  group: z.string().optional(),
  without: z.array(z.string()).optional(),
  prior: z.union([z.literal('estimate'), z.array(z.number())]).optional(),
  threshold: z
    .discriminatedUnion('by', [
      z.object({ by: z.literal('f1') }),
      z.object({ by: z.literal('youden') }),
      z.object({ by: z.literal('cost'), falsePositive: cost, falseNegative: cost }),
    ])
    .optional(),
  languageWeight: z.number().min(0).optional(),
});

/** @throws TabLlmError 'bad-config' with every problem */
export function expectSettings(options: object): void {
  const parsed = fitSettings.safeParse(options);
  if (parsed.success) return;
  throw new TabLlmError(
    'bad-config',
    { en: 'The options of the fit are not valid.', zh: '拟合的选项无效。' },
    { problems: schemaProblems(fitSettings, options, parsed.error) },
  );
}

/** @throws TabLlmError 'bad-data' unless there is one label for each row, and all of it is text */
export function expectLabelled(
  rows: readonly (readonly string[])[],
  labels: readonly string[],
): void {
  if (rows.length !== labels.length) {
    throw new TabLlmError('bad-data', {
      en: `There are ${rows.length} rows and ${labels.length} labels; each row needs one label. Give '' as the label of a row without one.`,
      zh: `有 ${rows.length} 行、${labels.length} 个标签，每行应有一个标签。没有标签的行请以 '' 为标签。`,
    });
  }
  expectText(rows);
  const at = labels.findIndex((label) => typeof label !== 'string');
  if (at >= 0) refuse({ en: `label ${at + 1}`, zh: `第 ${at + 1} 个标签` }, labels[at]);
}

/** @throws TabLlmError 'bad-data' for a cell that is no text, as a number from JSON */
export function expectText(rows: readonly (readonly string[])[]): void {
  for (const [i, cells] of rows.entries()) {
    const at = cells.findIndex((cell) => typeof cell !== 'string');
    if (at < 0) continue;
    const place = { en: `row ${i + 1}, cell ${at + 1}`, zh: `第 ${i + 1} 行第 ${at + 1} 个单元格` };
    refuse(place, cells[at]);
  }
}

function refuse(place: Translated, got: unknown): never {
  const shown = `${JSON.stringify(got) ?? String(got)} (${got === null ? 'null' : typeof got})`;
  throw new TabLlmError('bad-data', {
    en: `Every cell and label must be a string; ${place.en} is ${shown}. Write numbers as text, and '' for what is missing.`,
    zh: `单元格和标签都应为字符串，${place.zh}为 ${shown}。请把数字写成文本，缺失的写成 ''。`,
  });
}
