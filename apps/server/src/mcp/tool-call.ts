/** One call of a tool: for whom it works, and its result or what went wrong, as the protocol has them. */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import type { Client } from '../access/client.ts';
import { isUnexpected, toProblem, withoutHome } from '../http-error.ts';
import type { ToolServices } from './tool-services.ts';

export interface ToolContext {
  readonly services: ToolServices;
  /** Who asks, and so what may be read. */
  readonly client: Client;
  readonly requestId: string;
}

/** Every tool here only reads. */
export const readOnly = {
  readOnlyHint: true,
  destructiveHint: false,
  openWorldHint: false,
} as const;

/** Parameters that several tools take. */
export const databaseName = z.string().min(1).describe('name of a database, from list_databases');
export const maxRows = z.int().min(1).max(1000).default(100).describe('rows of the answer');

/** What the work finds as a result, or its error as one that the assistant can correct itself by. */
export async function answerCall(
  { services: { report, home }, requestId }: ToolContext,
  work: () => Promise<object>,
): Promise<CallToolResult> {
  try {
    const found = await work();
    const content = JSON.parse(JSON.stringify(found)) as Record<string, unknown>;
    return {
      content: [{ type: 'text', text: JSON.stringify(content) }],
      structuredContent: content,
    };
  } catch (error) {
    if (isUnexpected(error)) report(error, requestId);
    const { code, detail } = withoutHome(toProblem(error, requestId), home);
    return { content: [{ type: 'text', text: `${code}: ${detail}` }], isError: true };
  }
}
