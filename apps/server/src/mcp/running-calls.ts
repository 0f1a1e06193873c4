import * as z from 'zod';

const call = z.looseObject({
  method: z.literal('tools/call'),
  id: z.union([z.string(), z.number()]),
});
const cancelled = z.looseObject({
  method: z.literal('notifications/cancelled'),
  params: z.looseObject({ requestId: z.union([z.string(), z.number()]) }),
});

/**
 * Calls of tools that are under way. Over HTTP each message comes by itself, so that the one which cancels
 * a call has to find it here.
 */
export class RunningCalls {
  readonly #running = new Map<string, Set<() => void>>();

  /**
   * Notes a call until it is over; other messages are passed over.
   * @param end what ends it
   * @returns to be called when it is over
   */
  add(client: string, message: unknown, end: () => void): () => void {
    const { data } = call.safeParse(message);
    if (data === undefined) return () => {};
    const key = keyOf(client, data.id);
    const running = this.#running.get(key) ?? new Set();
    this.#running.set(key, running.add(end));
    return () => {
      running.delete(end);
      if (running.size === 0 && this.#running.get(key) === running) this.#running.delete(key);
    };
  }

  /** Ends the call that a message cancels; other messages are passed over. */
  cancel(client: string, message: unknown): void {
    const { data } = cancelled.safeParse(message);
    if (data === undefined) return;
    const [end, another] = this.#running.get(keyOf(client, data.params.requestId)) ?? [];
    // Assistants that share a key count their calls alike: of two it is not known which is meant.
    if (another === undefined) end?.();
  }
}

function keyOf(client: string, id: string | number): string {
  return JSON.stringify([client, id]);
}
