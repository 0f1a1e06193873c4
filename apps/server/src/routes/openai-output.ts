/** A completion as one JSON object, or as a stream of chunks that ends with [DONE]. */
import type { Response } from 'express';
import { toOpenaiError } from '../api/openai-errors.ts';
import type { TextDelta, TextRequest, TextToken, TextUsage } from '../language/language-service.ts';
import type { Writer } from '../language/writer.ts';
import { clientGone } from '../sse.ts';

/** One completion when all of it is there. */
export interface WholeChoice {
  readonly index: number;
  readonly text: string;
  readonly tokens: readonly TextToken[];
  readonly finish: 'stop' | 'length';
}

/** How an endpoint writes what the model has written. */
export interface OutputStyle {
  whole(choices: readonly WholeChoice[], usage: object): object;
  /** Chunks before the first text. */
  opening(index: number): readonly object[];
  chunk(delta: TextDelta): object;
  /** The last chunk, where usage was asked for. */
  usageChunk(usage: object): object;
}

export interface Streaming {
  readonly stream: boolean;
  readonly usage: boolean;
  /** State folder, which errors do not show. */
  readonly home: string;
}

/** @returns the body; undefined when it was streamed */
export async function writeOut(
  response: Response,
  writer: Writer,
  request: TextRequest,
  style: OutputStyle,
  streaming: Streaming,
  choices: number,
): Promise<object | undefined> {
  const signal = clientGone(response);
  if (streaming.stream) {
    await streamOut(response, writer, request, style, streaming, choices, signal);
    return undefined;
  }
  const texts = Array.from({ length: choices }, (_, index) => ({
    index,
    text: '',
    tokens: [] as TextToken[],
    finish: 'stop' as 'stop' | 'length',
  }));
  const usage = await writer.write(request, signal, ({ choice, text, tokens, finish }) => {
    const own = texts[choice];
    if (own === undefined) return;
    own.text += text;
    own.tokens.push(...tokens);
    own.finish = finish ?? own.finish;
  });
  return style.whole(texts, usageObject(usage));
}

/** The head is sent with the first text, so what is refused before has a status of its own. */
async function streamOut(
  response: Response,
  writer: Writer,
  request: TextRequest,
  style: OutputStyle,
  { usage: withUsage, home }: Streaming,
  choices: number,
  signal: AbortSignal,
): Promise<void> {
  let open = false;
  const send = (data: object) => {
    if (!response.writableEnded && !response.destroyed) {
      response.write(`data: ${JSON.stringify(data)}\n\n`);
    }
  };
  const begin = () => {
    if (open) return;
    open = true;
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    for (let index = 0; index < choices; index++) style.opening(index).forEach(send);
  };
  try {
    const usage = await writer.write(request, signal, (delta) => {
      begin();
      send(style.chunk(delta));
    });
    begin();
    if (withUsage) send(style.usageChunk(usageObject(usage)));
  } catch (error) {
    if (!open) throw error;
    const { status: _, ...body } = toOpenaiError(error, response.locals.requestId, home);
    send(body);
  }
  response.end('data: [DONE]\n\n');
}

function usageObject({ promptTokens, completionTokens }: TextUsage) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
