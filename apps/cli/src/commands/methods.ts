import * as z from 'zod';
import { defineCommand, jsonOption } from '../command.ts';
import { table, tableOptions } from '../table.ts';

/** `quaestor methods`: the registry of tuning methods. */
export const methods = defineCommand({
  options: z.object({
    markdown: z.boolean().default(false).describe('the table of packages/peft/README.md'),
    json: jsonOption,
  }),
  examples: ['methods', 'methods --json'],
  run: async ({ markdown, json }, terminal) => {
    const { textIn, tuners } = await import('@quaestor/peft');
    const rows = tuners().map(({ name, peftType, family, parameterCount, paper }) => ({
      name,
      peftType,
      family,
      parameterCount: textIn(parameterCount, 'en'),
      paper,
    }));
    if (markdown) {
      terminal.stdout.write(markdownTable(rows.map((row) => Object.values(row))));
      return;
    }
    terminal.stdout.write(
      json
        ? `${JSON.stringify(rows, null, 2)}\n`
        : table(
            ['method', 'HF-PEFT', 'family', 'parameters', 'paper'],
            rows.map((row) => Object.values(row)),
            tableOptions(terminal),
          ),
    );
  },
});

const MARKDOWN_HEADER = ['method', '`peft_type`', 'family', 'paper', 'trained parameters'];

/** Name, type, family, parameters and paper of each row, in the README's order of columns. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map(([name, type, family, parameters, paper]) => [
    `\`${name}\``,
    type,
    family,
    paper,
    parameters,
  ]);
  const lines = [MARKDOWN_HEADER, MARKDOWN_HEADER.map(() => '---'), ...cells];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}
