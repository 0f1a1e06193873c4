import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { answerCall, readOnly, type ToolContext } from '../tool-call.ts';

/** Characters of a table to be labelled. */
const LONGEST_CSV = 1_000_000;

/** Labels for the rest of a table that the assistant has in hand. */
export function registerClassify(server: McpServer, context: ToolContext): void {
  const { modelSettled, writer } = context.services;
  server.registerTool(
    'classify',
    {
      description:
        'Label the rows of a CSV text whose target column is empty, learning from the rows where it is filled in; without any, name the classes and a language model decides.',
      inputSchema: {
        csv: z.string().min(1).max(LONGEST_CSV).describe('the table, with a header'),
        target: z.string().min(1).describe('column to predict'),
        classes: z.array(z.string().min(1)).min(2).max(50).optional(),
      },
      outputSchema: {
        classes: z.array(z.string()),
        labelled: z.int().describe('rows that were learned from'),
        rows: z.array(
          z.object({ row: z.int(), label: z.string(), probabilities: z.array(z.number()) }),
        ),
        warnings: z.array(z.string()),
      },
      annotations: readOnly,
    },
    (request, { signal }) =>
      answerCall(context, async () => {
        await modelSettled();
        return writer.classify(request, signal);
      }),
  );
}
