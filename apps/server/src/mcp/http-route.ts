import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as z from 'zod';
import { countAll } from '../access/rate-limit.ts';
import { defineRoute, type Route } from '../api/route.ts';
import { ServerError } from '../errors.ts';
import { createMcpServer } from './create-mcp-server.ts';
import { RunningCalls } from './running-calls.ts';
import type { ToolServices } from './tool-services.ts';

/** The first version of the protocol without batches. */
const WITHOUT_BATCHES = '2025-06-18';

const message = z.looseObject({ jsonrpc: z.literal('2.0') });

/** POST /mcp: the Model Context Protocol over HTTP, without sessions: each request stands alone. */
export function mcpRoute(services: ToolServices): Route {
  const calls = new RunningCalls();
  return defineRoute({
    method: 'post',
    path: '/mcp',
    tag: 'mcp',
    summary: {
      en: 'Speak the Model Context Protocol (streamable HTTP, no sessions)',
      zh: '使用 Model Context Protocol（streamable HTTP，无会话）',
    },
    scope: 'read',
    body: z.union([message, z.array(message).min(1).max(100)], 'is no JSON-RPC 2.0 message'),
    bodyLimit: '2mb',
    responses: {
      200: {
        description: {
          en: 'A JSON-RPC response, by itself or as the event of a stream',
          zh: '一个 JSON-RPC 响应，单独返回或作为流中的事件',
        },
        content: { 'application/json': z.unknown(), 'text/event-stream': z.unknown() },
      },
      202: { description: { en: 'A notification was taken', zh: '通知已收到' } },
    },
    handle: async ({ body, client, request, response }) => {
      const accepted = request.get('Accept') ?? '';
      if (!accepted.includes('application/json') || !accepted.includes('text/event-stream')) {
        throw new ServerError(
          'not-acceptable',
          'The protocol wants Accept: application/json, text/event-stream.',
        );
      }
      if (Array.isArray(body)) {
        const version = request.get('MCP-Protocol-Version') ?? '';
        if (version >= WITHOUT_BATCHES) {
          throw new ServerError(
            'bad-request',
            `Version ${version.slice(0, 20)} of the protocol has no batches: send each message by itself.`,
          );
        }
        await countAll(response, body.length);
      }
      const server = createMcpServer({ services, client, requestId: response.locals.requestId });
      const transport = new StreamableHTTPServerTransport({});
      const end = () => void server.close();
      // A call of a batch shares its answer with the others, so it is not ended alone.
      const over = calls.add(client.id, body, end);
      response.on('close', () => {
        over();
        end();
      });
      for (const one of [body].flat()) calls.cancel(client.id, one);
      // The SDK's transport has optional fields that its own interface declares otherwise.
      await server.connect(transport as Parameters<typeof server.connect>[0]);
      await transport.handleRequest(request, response, request.body);
    },
  });
}
