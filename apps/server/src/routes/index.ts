import { forWholeDatabases } from '../access/whole-databases.ts';
import { openapiDocument } from '../api/openapi.ts';
import type { Route } from '../api/route.ts';
import { mcpRoute } from '../mcp/http-route.ts';
import { toolServices } from '../mcp/tool-services.ts';
import type { Services } from '../services.ts';
import { VERSION } from '../version.ts';
import { answerRoutes } from './answers.ts';
import { askRoute } from './ask.ts';
import { databaseRoutes } from './databases.ts';
import { openapiRoute } from './docs.ts';
import { healthRoutes } from './health.ts';
import { openaiRoutes } from './openai.ts';
import { systemRoute } from './system.ts';
import { workRoutes } from './work.ts';

/** Every operation of the HTTP interface, in the order of its description. */
export function allRoutes(services: Services): readonly Route[] {
  const { config, model, catalog, queue, metrics, runner, writer, answers } = services;
  const { statements, profiles, jobs } = services.workbench;
  const routes: Route[] = [
    askRoute(runner),
    ...answerRoutes(runner, answers),
    ...databaseRoutes({ catalog, statements }, services.examples, profiles),
    ...workRoutes(services.workbench, { model, queue }),
    ...openaiRoutes(writer, config.home),
    mcpRoute(toolServices(services)),
    ...healthRoutes(model, queue, metrics),
    forWholeDatabases(systemRoute({ config, model, queue, jobs })),
    openapiRoute(() => document),
  ];
  const document = openapiDocument(routes, {
    title: 'Quaestor',
    version: VERSION,
    description: {
      en: "Questions in plain language over SQLite data. Errors are problem+json (RFC 9457) with a `code` and a `request_id`; below /v1 they have the shape of OpenAI's.",
      zh: '用自然语言对 SQLite 数据提问。错误为 problem+json（RFC 9457），带有 `code` 和 `request_id`；/v1 之下的错误采用 OpenAI 的格式。',
    },
  });
  return routes;
}
