import { readEvents } from './events.js';
import { askForKey, keyHeaders } from './key.js';

/** What the server said went wrong: problem+json, RFC 9457. */
export class Problem extends Error {
  constructor(problem) {
    super(problem.detail ?? 'The server did not answer as expected.');
    this.code = problem.code ?? 'internal';
    this.requestId = problem.request_id ?? null;
  }
}

/** @throws {Problem} */
export async function getJson(path) {
  const response = await reach(path);
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

/**
 * Asks, and tells of each event on the way.
 *
 * @param {{ question: string, database: string }} body
 * @param {{ signal: AbortSignal, onEvent: (event: string, data: any) => void }} options
 * @returns {Promise<object>} the answer
 * @throws {Problem}
 */
export async function ask(body, { signal, onEvent }) {
  const response = await reach('/api/ask', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw await problemOf(response);
  for await (const { event, data } of readEvents(response.body)) {
    if (event === 'answer') return data;
    if (event === 'error') throw new Problem(data);
    onEvent(event, data);
  }
  throw new Problem({ detail: 'The connection ended before the answer came. Ask again.' });
}

async function reach(path, options = {}) {
  try {
    for (;;) {
      const headers = { ...options.headers, ...keyHeaders() };
      const response = await fetch(path, { ...options, headers });
      if (response.status !== 401 || !(await askForKey())) return response;
    }
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem({
      code: 'unreachable',
      detail: 'The server cannot be reached. Is it still running? Start it with npm start.',
    });
  }
}

async function problemOf(response) {
  return new Problem(await response.json().catch(() => ({})));
}
