/** Routes → Express: who may call, what is accepted, what is checked, in that order. */
import { type RequestHandler, type Response, Router } from 'express';
import { authorize } from '../access/authenticate.ts';
import { clientOf, LOCAL } from '../access/client.ts';
import { ServerError } from '../errors.ts';
import { inLanguage } from '../problem-words/in-language.ts';
import { languageOfReader } from '../problem-words/reader.ts';
import { type Replies, replayed } from './idempotency.ts';
import { checked, readJson } from './read-body.ts';
import { bodyIsOptional, type Route, successOf } from './route.ts';

/** Express's router over the routes; other methods on their paths are 405. */
export function mountRoutes(routes: readonly Route[]): Router {
  const replies: Replies = new Map();
  const router = Router();
  for (const [path, group] of byPath(routes)) {
    const place = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const route of group) {
      place[route.method](...handlersOf(route, replies));
    }
    place.all(allowOnly(group));
  }
  return router;
}

function handlersOf(route: Route, replies: Replies): RequestHandler[] {
  const [status, success] = successOf(route);
  const types = Object.keys(success.content ?? {});
  const named: RequestHandler = (_request, response, next) => {
    response.locals.route = `${route.method.toUpperCase()} ${route.path}`;
    next();
  };
  const answer: RequestHandler = async (request, response) => {
    const wanted = types.length === 0 ? '' : request.accepts(types);
    if (wanted === false) {
      throw new ServerError('not-acceptable', {
        en: `Answers come as ${types.join(' or ')}.`,
        zh: `回答的格式只能是 ${types.join(' 或 ')}。`,
      });
    }
    const call = {
      params: route.params === undefined ? {} : checked(route.params, request.params, 'path'),
      query: checkedQuery(route, request.query),
      body:
        route.body === undefined
          ? undefined
          : checked(route.body, request.body ?? {}, 'body', route.fieldErrors),
      client: clientOf(response) ?? LOCAL,
      wanted,
      request,
      response,
    };
    const work = async () => route.handle(call);
    const body =
      route.idempotent === true && wanted === 'application/json'
        ? await replayed(replies, call, work)
        : await work();
    if (response.headersSent || response.writableEnded) return;
    send(response, status, body);
  };
  const admitted: RequestHandler = (request, _response, next) => {
    // A request that was sent again is answered from what is known.
    if (route.idempotent !== true || request.get('Idempotency-Key') === undefined) route.admit?.();
    next();
  };
  return [
    named,
    ...(route.scope === null ? [] : [authorize(route.scope)]),
    ...(route.admit === undefined ? [] : [admitted]),
    ...(route.body === undefined ? [] : readJson(route.bodyLimit, bodyIsOptional(route))),
    answer,
  ];
}

function send(response: Response, status: number, body: unknown): void {
  if (response.statusCode === 200) response.status(status);
  if (body === undefined) {
    response.end();
    return;
  }
  if (!response.hasHeader('Cache-Control')) response.set('Cache-Control', 'no-store');
  // Texts are kept in each language; who reads them is known here.
  response.vary('Accept-Language').json(inLanguage(body, languageOfReader(response.req)));
}

function checkedQuery(route: Route, query: unknown): Record<string, unknown> {
  return route.query === undefined ? {} : checked(route.query, { ...(query as object) }, 'query');
}

function byPath(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const group = groups.get(route.path);
    if (group === undefined) groups.set(route.path, [route]);
    else group.push(route);
  }
  return groups;
}

/** Last handler of a path: 405, naming the methods that work. */
function allowOnly(group: readonly Route[]): RequestHandler {
  const methods = group.map(({ method }) => method.toUpperCase());
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return (request, response) => {
    response.set('Allow', allow.join(', '));
    throw new ServerError('method-not-allowed', {
      en: `${request.path} takes ${methods.join(' or ')}, not ${request.method}.`,
      zh: `${request.path} 支持 ${methods.join(' 或 ')}，不支持 ${request.method}。`,
    });
  };
}
