import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { answerSchema, askBody } from '../../api/schemas/answer.ts';
import { ReadyProblem } from '../../http-error.ts';
import { answerCall, databaseName, maxRows, readOnly, type ToolContext } from '../tool-call.ts';

/** A question in plain words, with its stages as progress and cancelled with the call. */
export function registerAsk(server: McpServer, context: ToolContext): void {
  const { services, client, requestId } = context;
  const { modelSettled, runner } = services;
  server.registerTool(
    'ask',
    {
      description:
        'Ask a database a question in plain English or Chinese: the SQL a small local model writes for it, its rows, and what the SQL does. Check that the SQL fits the question.',
      inputSchema: {
        database: databaseName,
        question: z.string().min(1).max(2000),
        max_rows: maxRows,
        thread: askBody.shape.thread,
        language: askBody.shape.language,
      },
      outputSchema: answerSchema.omit({ trace: true }),
      annotations: readOnly,
    },
    (
      { database: name, question, max_rows, thread, language },
      { signal, _meta, sendNotification },
    ) =>
      answerCall(context, async () => {
        await modelSettled();
        const running = await runner.start({
          question,
          database: name,
          dryRun: false,
          maxRows: max_rows,
          thread,
          language,
          client,
          requestId,
        });
        const cancel = () => running.cancel(signal.reason);
        signal.addEventListener('abort', cancel, { once: true });
        let progress = 0;
        for await (const { event, data } of running.follow(null, signal)) {
          const progressToken = _meta?.progressToken;
          if (event !== 'stage' || progressToken === undefined) continue;
          const { name: message } = data as { readonly name: string };
          const params = { progressToken, progress: ++progress, message };
          await sendNotification({ method: 'notifications/progress', params });
        }
        const outcome = await running.outcome;
        if ('problem' in outcome) throw new ReadyProblem(outcome.problem);
        const { trace: _, ...answer } = outcome.answer;
        return answer;
      }),
  );
}
