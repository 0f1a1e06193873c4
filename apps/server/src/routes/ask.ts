import { described } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { acceptedAsk, answerSchema, askBody } from '../api/schemas/answer.ts';
import type { AnswerRunner } from '../ask/answer-runner.ts';
import type { RunningAnswer } from '../ask/running-answer.ts';
import { problemSchema, ReadyProblem } from '../http-error.ts';
import { languageOfReader } from '../problem-words/reader.ts';
import { clientGone, openEventStream } from '../sse.ts';

/** What ends an event stream of a question. */
export const askEvents = z.union([answerSchema, problemSchema]).apply(described, {
  en: 'Server-sent events: `queued` { ahead }, `start` { name } of each stage that begins and `stage` when it is done, then `answer` or `error` (a Problem), which ends the stream. The data of each is one line of JSON; ids are for Last-Event-ID.',
  zh: '服务器发送的事件（SSE）：先是 `queued` { ahead }、每个阶段开始时的 `start` { name } 和完成时的 `stage`，最后是 `answer` 或 `error`（Problem），流随之结束。每个事件的数据是一行 JSON；id 供 Last-Event-ID 使用。',
});

/**
 * POST /api/ask: the answer as JSON or as events while it is on its way. Bad requests are refused
 * with their status in both forms, before a stream begins. Closing the connection cancels, unless
 * the answer was asked for with `Prefer: respond-async`.
 */
export function askRoute(runner: AnswerRunner): Route {
  return defineRoute({
    method: 'post',
    path: '/api/ask',
    tag: 'ask',
    summary: { en: 'Ask a question of a database', zh: '对数据库提问' },
    description: {
      en: 'With Accept: text/event-stream the stages are told as they are done. With Prefer: respond-async the answer is worked on after the response; follow it at its events.',
      zh: '使用 Accept: text/event-stream 时，每完成一个阶段就告知。使用 Prefer: respond-async 时，先返回响应，再继续回答；可通过它的事件流跟踪进展。',
    },
    scope: 'read',
    idempotent: true,
    body: askBody,
    admit: () => runner.expectRoom(),
    fieldErrors: { question: 'bad-question' },
    responses: {
      200: {
        description: { en: 'The answer', zh: '回答' },
        content: { 'application/json': answerSchema, 'text/event-stream': askEvents },
      },
      202: {
        description: {
          en: 'Taken on; `Location` has the answer when it is there',
          zh: '已受理；回答完成后可在 `Location` 处取得',
        },
        content: { 'application/json': acceptedAsk },
        headers: { Location: { en: 'where the answer will be', zh: '回答将出现的位置' } },
      },
    },
    errors: [
      'no-such-database',
      'not-a-database',
      'database-in-use',
      'refused',
      'out-of-memory',
      'too-busy',
      'aborted',
      'generation-failed',
      'model-loading',
      'model-failed',
      'timeout',
    ],
    handle: async ({ body, client, wanted, request, response }) => {
      const gone = clientGone(response);
      const running = await runner.start({
        question: body.question,
        database: body.database,
        dryRun: body.dry_run,
        maxRows: body.max_rows,
        thread: body.thread,
        language: body.language,
        reader: languageOfReader(request),
        client,
        requestId: response.locals.requestId,
      });
      const place = `/api/answers/${running.id}`;
      if (wanted === 'application/json' && prefersLater(request.get('Prefer'))) {
        response.status(202).set('Location', place).set('Preference-Applied', 'respond-async');
        return { id: running.id, status: 'running', events: `${place}/events` };
      }
      const cancel = () => running.cancel(gone.reason);
      if (gone.aborted) cancel();
      gone.addEventListener('abort', cancel, { once: true });
      if (wanted === 'application/json') return answerOf(running);
      const events = openEventStream(response);
      for await (const { id, event, data } of running.follow(null, gone))
        events.send(event, data, id);
      events.end();
      return undefined;
    },
  });
}

async function answerOf(running: RunningAnswer) {
  const outcome = await running.outcome;
  if ('problem' in outcome) throw new ReadyProblem(outcome.problem);
  return outcome.answer;
}

/** RFC 7240 */
function prefersLater(header: string | undefined): boolean {
  return header?.split(',').some((part) => /^\s*respond-async\s*(?:;|$)/i.test(part)) === true;
}
