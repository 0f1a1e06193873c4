import type { Asked, Reply, ServerUnderTest } from './server-under-test.ts';

/** What a question is answered with: statement and rows, or a refusal. */
export type Expected = ReadonlyMap<Asked, string>;

/**
 * Asks each question alone, one after the other, before anything is measured. Questions that the server
 * itself fails at are left out.
 */
export async function expectedAnswers(
  server: ServerUnderTest,
  questions: readonly Asked[],
  signal: AbortSignal,
): Promise<Expected> {
  const expected = new Map<Asked, string>();
  for (const question of questions) {
    signal.throwIfAborted();
    const reply = await server.ask(question);
    if (reply.status !== 0 && reply.status < 500) expected.set(question, outcomeOf(reply));
  }
  if (expected.size === 0) throw new Error('The server answers none of the questions.');
  return expected;
}

/** The part of a reply that has to be the same each time. */
export function outcomeOf({ status, body }: Reply): string {
  return JSON.stringify([status, body.sql ?? null, body.rows ?? null, body.code ?? null]);
}
