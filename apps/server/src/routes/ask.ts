import type { Answer } from '@quaestor/finsql';
import { json, type Response, Router } from 'express';
import { z } from 'zod';
import type { AskQueue } from '../ask-queue.ts';
import type { DatabaseCatalog } from '../database-catalog.ts';
import { ServerError } from '../errors.ts';
import { isUnexpected, type ReportError, toProblem } from '../http-error.ts';
import type { ModelLoader } from '../model-loader.ts';
import { clientGone, openEventStream } from '../sse.ts';
import { allowOnly } from './methods.ts';

const LONGEST_QUESTION = 2_000;

const askBody = z.strictObject({
  question: z
    .string()
    .trim()
    .min(1, 'is empty: write what you want to know')
    .max(
      LONGEST_QUESTION,
      `is longer than ${LONGEST_QUESTION} characters: ask for one thing at a time`,
    ),
  database: z.string().min(1, 'is empty: pick one of GET /api/databases'),
});

export interface AskDependencies {
  readonly model: ModelLoader;
  readonly catalog: DatabaseCatalog;
  readonly queue: AskQueue;
  /** Longest time for one answer, from when its turn comes. */
  readonly askSeconds: number;
  readonly report: ReportError;
}

/** Called with each event of an answer that is on its way. */
type Tell = (event: 'queued' | 'stage', data: unknown) => void;

/**
 * POST /api/ask { question, database }: the answer as JSON or, for `Accept: text/event-stream`, as
 * events `queued`*, `stage`*, then `answer` or `error`, which ends the stream.
 * Bad requests are refused with their status in both forms, before the stream begins.
 */
export function askRoute(dependencies: AskDependencies): Router {
  const { model, catalog, queue, askSeconds, report } = dependencies;
  const router = Router();
  router
    .route('/api/ask')
    .post(json({ limit: '100kb' }), async (request, response) => {
      const wanted = request.accepts(['application/json', 'text/event-stream']);
      if (wanted === false) {
        throw new ServerError(
          'not-acceptable',
          'Answers come as application/json or text/event-stream.',
        );
      }
      if (request.is('application/json') === false) {
        throw new ServerError('unsupported-media-type', 'Send the question as application/json.');
      }
      const { question, database } = readBody(request.body);
      const file = await catalog.path(database);
      const { finSql } = model;
      const gone = clientGone(response);

      const answer = (tell: Tell): Promise<Answer> =>
        queue.run(
          () =>
            withDeadline(askSeconds, gone, (signal) =>
              finSql.ask(
                question,
                { file, name: database },
                { signal, onStage: (stage) => tell('stage', stage) },
              ),
            ),
          { signal: gone, onWait: (ahead) => tell('queued', { ahead }) },
        );

      if (wanted === 'application/json') {
        response.json(await answer(() => {}));
      } else {
        await stream(response, answer, report);
      }
    })
    .all(allowOnly('POST'));
  return router;
}

/** The status line of a stream is sent before the answer is known, so failures become an event. */
async function stream(
  response: Response,
  answer: (tell: Tell) => Promise<Answer>,
  report: ReportError,
): Promise<void> {
  const requestId: string = response.locals.requestId;
  const events = openEventStream(response);
  try {
    events.send('answer', await answer(events.send));
  } catch (error) {
    if (isUnexpected(error)) report(error, requestId);
    events.send('error', toProblem(error, requestId));
  }
  events.end();
}

/** @throws ServerError 'timeout', whatever the work makes of its signal */
async function withDeadline<T>(
  seconds: number,
  gone: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  try {
    return await work(AbortSignal.any([gone, deadline]));
  } catch (error) {
    if (!deadline.aborted || gone.aborted) throw error;
    throw new ServerError(
      'timeout',
      `There was no answer after ${seconds} seconds. Ask for something simpler.`,
      { cause: error },
    );
  }
}

function readBody(body: unknown): z.output<typeof askBody> {
  const result = askBody.safeParse(body ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'body'} ${issue.message}`,
  );
  const onlyQuestion = result.error.issues.every((issue) => issue.path[0] === 'question');
  throw new ServerError(onlyQuestion ? 'bad-question' : 'bad-request', `${problems.join('; ')}.`, {
    problems,
  });
}
