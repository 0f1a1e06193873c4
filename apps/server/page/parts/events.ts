/** Server-sent events of a fetch response, https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface ServerEvent {
  readonly id: string | null;
  readonly event: string;
  /** JSON of the server; what it holds depends on the event. */
  readonly data: unknown;
}

/** The events as they come; comments are passed over. Ends with the stream. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      pending += decoder.decode(value, { stream: true });
      const blocks = pending.split('\n\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = readBlock(block);
        if (event !== null) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function readBlock(block: string): ServerEvent | null {
  const lines = block.split('\n');
  const field = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  const data = field('data');
  if (data.length === 0) return null;
  return {
    id: field('id').at(-1) ?? null,
    event: field('event').at(-1) ?? 'message',
    data: JSON.parse(data.join('\n')),
  };
}
