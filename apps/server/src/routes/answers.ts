import * as z from 'zod';
import type { Client } from '../access/client.ts';
import { includes } from '../access/scope.ts';
import { defineRoute, type Route } from '../api/route.ts';
import { answerList, rowsPage, storedAnswer } from '../api/schemas/answer.ts';
import { cursor, pageQuery } from '../api/schemas/page.ts';
import type { AnswerRunner, UnderWay } from '../ask/answer-runner.ts';
import type { AnswerRecord, AnswerStore } from '../ask/answer-store.ts';
import { type AskEvent, eventsOf, LAST_EVENT, type Outcome } from '../ask/running-answer.ts';
import { ServerError } from '../errors.ts';
import { clientGone, openEventStream } from '../sse.ts';
import { askEvents } from './ask.ts';

const params = z.strictObject({ id: z.string().max(64) });
const tag = 'answers';

/** What was asked before: list, one, its rows by pieces, its events; each key sees its own. */
export function answerRoutes(runner: AnswerRunner, store: AnswerStore): readonly Route[] {
  /** @throws ServerError 'no-such-answer' */
  const find = (id: string, client: Client): Found => {
    const owner = ownerOf(client);
    const underWay = runner.find(id, owner);
    if (underWay !== null) return { underWay };
    const stored = store.get(id);
    if (stored === null || (owner !== null && stored.record.owner !== owner)) {
      throw new ServerError('no-such-answer', 'There is no such answer, or it was dropped since.');
    }
    return { stored };
  };

  const list = defineRoute({
    method: 'get',
    path: '/api/answers',
    tag,
    summary: { en: 'List what was asked, newest first', zh: '列出问过的问题，最新的在前' },
    scope: 'read',
    query: pageQuery(20, 100),
    responses: {
      200: {
        description: { en: 'A piece', zh: '一页' },
        content: { 'application/json': answerList },
      },
    },
    handle: ({ query: { limit, after }, client }) => {
      const found = store.list(ownerOf(client), { limit: limit + 1, before: after });
      const data = found.slice(0, limit);
      const more = found.length > limit;
      return {
        data: data.map(summaryOf),
        has_more: more,
        next: more ? cursor(data.at(-1)?.place ?? 0) : null,
      };
    },
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/answers/{id}',
    tag,
    summary: { en: 'Show an answer', zh: '查看一个回答' },
    scope: 'read',
    params,
    responses: {
      200: {
        description: { en: 'It', zh: '该回答' },
        content: { 'application/json': storedAnswer },
      },
    },
    errors: ['no-such-answer'],
    handle: ({ params: { id }, client }) => {
      const found = find(id, client);
      if ('underWay' in found)
        return { ...runningSummary(found.underWay), answer: null, problem: null };
      const { record, outcome } = found.stored;
      return {
        ...summaryOf(record),
        answer: 'answer' in outcome ? outcome.answer : null,
        problem: 'problem' in outcome ? outcome.problem : null,
      };
    },
  });

  const rows = defineRoute({
    method: 'get',
    path: '/api/answers/{id}/rows',
    tag,
    summary: { en: 'Read the rows of an answer by pieces', zh: '分页读取回答的行' },
    scope: 'read',
    params,
    query: pageQuery(100, 1000),
    responses: {
      200: {
        description: { en: 'A piece', zh: '一页' },
        content: { 'application/json': rowsPage },
      },
    },
    errors: ['no-such-answer', 'in-progress'],
    handle: ({ params: { id }, query: { limit, after = 0 }, client }) => {
      const found = find(id, client);
      if ('underWay' in found) {
        throw new ServerError('in-progress', 'This is still being answered.', { retryAfter: 2 });
      }
      const { outcome } = found.stored;
      if ('problem' in outcome) {
        throw new ServerError('no-such-answer', `This has no rows: ${outcome.problem.detail}`);
      }
      const { columns, rows: all, truncated } = outcome.answer;
      const more = after + limit < all.length;
      return {
        columns,
        data: all.slice(after, after + limit),
        truncated,
        has_more: more,
        next: more ? cursor(after + limit) : null,
      };
    },
  });

  const events = defineRoute({
    method: 'get',
    path: '/api/answers/{id}/events',
    tag,
    summary: {
      en: 'Follow an answer, or hear again how it came about',
      zh: '跟踪回答的进展，或重放其经过',
    },
    description: {
      en: 'Begins after Last-Event-ID. 204 tells an EventSource that nothing more will come.',
      zh: '从 Last-Event-ID 之后开始。204 告诉 EventSource 不会再有事件。',
    },
    scope: 'read',
    params,
    responses: {
      200: {
        description: { en: 'Events', zh: '事件流' },
        content: { 'text/event-stream': askEvents },
      },
      204: { description: { en: 'Nothing after Last-Event-ID', zh: 'Last-Event-ID 之后没有事件' } },
    },
    errors: ['no-such-answer'],
    handle: async ({ params: { id }, client, request, response }) => {
      const found = find(id, client);
      const after = request.get('Last-Event-ID') ?? null;
      if (after === LAST_EVENT) {
        response.status(204).end();
        return undefined;
      }
      const gone = clientGone(response);
      const stream = openEventStream(response);
      const source: AsyncIterable<AskEvent> | Iterable<AskEvent> =
        'underWay' in found
          ? found.underWay.running.follow(after, gone)
          : eventsAfter(found.stored.outcome, after);
      for await (const { id: own, event, data } of source) stream.send(event, data, own);
      stream.end();
      return undefined;
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/answers/{id}',
    tag,
    summary: { en: 'Cancel an answer, or forget it', zh: '取消正在进行的回答，或删除已有的回答' },
    scope: 'read',
    params,
    responses: { 204: { description: { en: 'Done', zh: '已完成' } } },
    errors: ['no-such-answer'],
    handle: ({ params: { id }, client }) => {
      const found = find(id, client);
      if ('underWay' in found) {
        found.underWay.running.cancel(new DOMException('Cancelled.', 'AbortError'));
      }
      store.remove(id);
    },
  });

  return [list, show, rows, events, remove];
}

type Found =
  | { readonly underWay: UnderWay }
  | { readonly stored: { readonly record: AnswerRecord; readonly outcome: Outcome } };

/** Whose answers a client sees; null: everybody's, whose rows may be of any table. */
function ownerOf({ id, scope, allow }: Client): string | null {
  return includes(scope, 'admin') && allow === null ? null : id;
}

function summaryOf({ id, created, database, question, status, sql }: AnswerRecord) {
  return { id, created, database, question, status, sql };
}

function runningSummary({ asked, created, running }: UnderWay) {
  const { database, question } = asked;
  return { id: running.id, created, database, question, status: 'running', sql: null };
}

function eventsAfter(outcome: Outcome, after: string | null): readonly AskEvent[] {
  const all = eventsOf(outcome);
  return all.slice(all.findIndex(({ id }) => id === after) + 1);
}
