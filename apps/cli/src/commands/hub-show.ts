import { textIn } from '@quaestor/peft';
import * as z from 'zod';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';

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
      `${entry.name}: ${entry.peftType}${entry.rank === null ? '' : ` of rank ${entry.rank}`}, ${(entry.sizeBytes / 1e6).toFixed(1)} MB`,
      `base model  ${entry.baseModel ?? 'not said'}`,
      `folder      ${entry.path}`,
      ...(card?.description === undefined ? [] : [`about       ${textIn(card.description, 'en')}`]),
      ...(card === null || card.databases.length === 0
        ? []
        : [`made for    ${card.databases.join(', ')}`]),
      ...(entry.second === null
        ? []
        : [
            `second      ${(entry.second.sizeBytes / 1e6).toFixed(1)} MB; asked where the first is not sure`,
          ]),
      ...(entry.tags.length === 0 ? [] : [`tags        ${entry.tags.join(', ')}`]),
      ...Object.entries(card?.scores ?? {}).map(
        ([score, value]) => `score       ${score}: ${value}`,
      ),
      ...(card?.recipe === undefined ? [] : [`recipe      ${JSON.stringify(card.recipe)}`]),
    ];
    terminal.stdout.write(`${lines.join('\n')}\n`);
  },
});
