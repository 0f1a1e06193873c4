import { textIn } from '@quaestor/peft';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';
import { fileSize } from '../file-size.ts';
import { printableLine } from '../printable.ts';

/** `quaestor hub show`: one adapter with its recipe and scores. */
export const hubShow = defineCommand({
  options: z.object({
    name: argument(completing('adapters', z.string().min(1).describe('name of the adapter'))),
    json: jsonOption,
  }),
  examples: ['hub show finance-sql'],
  run: async ({ name, json }, terminal) => {
    const { openAdapters } = await import('../adapters.ts');
    const entry = openAdapters().get(name);
    if (json) {
      terminal.stdout.write(`${JSON.stringify(entry, null, 2)}\n`);
      return;
    }
    const { card } = entry;
    const lines = [
      `${entry.name}: ${entry.peftType}${entry.rank === null ? '' : ` of rank ${entry.rank}`}, ${fileSize(entry.sizeBytes)}`,
      `base model  ${entry.baseModel ?? 'not said'}`,
      `folder      ${entry.path}`,
      ...(card?.description === undefined ? [] : [`about       ${textIn(card.description, 'en')}`]),
      ...(card === null || card.databases.length === 0
        ? []
        : [`made for    ${card.databases.join(', ')}`]),
      ...(entry.second === null
        ? []
        : [`second      ${fileSize(entry.second.sizeBytes)}; asked where the first is not sure`]),
      ...(entry.tags.length === 0 ? [] : [`tags        ${entry.tags.join(', ')}`]),
      ...Object.entries(card?.scores ?? {}).map(
        ([score, value]) => `score       ${score}: ${value}`,
      ),
      ...(card?.recipe === undefined ? [] : recipeLines(card.recipe)),
    ];
    terminal.stdout.write(lines.map((line) => `${printableLine(line)}\n`).join(''));
  },
});

/** Of a longer value the beginning; `--json` has all of it. */
const LONGEST_VALUE = 100;

function recipeLines(recipe: Readonly<Record<string, unknown>>): string[] {
  const lines = Object.entries(recipe).map(([field, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const short = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
    return `  ${field}: ${short}`;
  });
  return ['recipe (--json has it in full)', ...lines];
}
