import type { Response } from 'express';

/** Server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface EventStream {
  /**
   * Writes one event; does nothing once the client has gone.
   * @param id what a client that comes back sends as Last-Event-ID
   */
  send(event: string, data: unknown, id?: string | null): void;
  end(): void;
}

/**
 * Turns the response into an event stream. A comment line every `heartbeatMs` keeps proxies from
 * closing it while the model is thinking.
 */
export function openEventStream(response: Response, heartbeatMs = 15_000): EventStream {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const write = (text: string) => {
    if (!response.writableEnded && !response.destroyed) response.write(text);
  };
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
  response.on('close', () => clearInterval(heartbeat));
  return {
    // JSON.stringify escapes line breaks, so the data is always one line.
    send: (event, data, id = null) =>
      write(
        `${id === null ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
      ),
    end: () => response.end(),
  };
}

/** A signal that fires when the client closes the connection before the response is complete. */
export function clientGone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished)
      controller.abort(new DOMException('The client closed the connection.', 'AbortError'));
  });
  return controller.signal;
}
