/** Requests to the server: JSON in and out, uploads, events. Whatever fails is a Problem. */
import { readEvents, type ServerEvent } from './events.ts';
import { askForKey, keyHeaders } from './key.tsx';
import { language } from './language.ts';
import { isAbort, Problem } from './problem.ts';
import { problemText } from './problem-text.ts';

export interface RequestSettings {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @throws {Problem} */
export async function getJson<T>(path: string, settings: RequestSettings = {}): Promise<T> {
  const response = await reach(path, settings);
  return response.json();
}

/**
 * Sends JSON.
 *
 * @returns what the server answers; undefined when it answers with nothing
 * @throws {Problem}
 */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  body: unknown,
  settings: RequestSettings = {},
): Promise<T> {
  const headers = { 'Content-Type': 'application/json', ...settings.headers };
  const response = await reach(path, {
    ...settings,
    method,
    headers,
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return text === '' ? (undefined as T) : JSON.parse(text);
}

/** @throws {Problem} */
export async function deleteIt(path: string, settings: RequestSettings = {}): Promise<void> {
  await reach(path, { ...settings, method: 'DELETE' });
}

/** A response whose body is not JSON, e.g. a file to download. @throws {Problem} */
export async function getBlob(path: string, settings: RequestSettings = {}): Promise<Blob> {
  const response = await reach(path, settings);
  return response.blob();
}

/**
 * Sends a file as the body of a POST, telling how much of it has been sent.
 *
 * @param onProgress share of the bytes that were sent, 0 to 1
 * @throws {Problem}
 */
export async function upload<T>(
  path: string,
  file: Blob,
  {
    onProgress = () => {},
    signal,
    headers = {},
  }: RequestSettings & { readonly onProgress?: (share: number) => void } = {},
): Promise<T> {
  for (;;) {
    const { status, text } = await send(path, file, { onProgress, signal, headers });
    if (status >= 200 && status < 300) return text === '' ? (undefined as T) : JSON.parse(text);
    if (status === 401 && (await askForKey())) continue;
    throw problemOf(text, status);
  }
}

/**
 * Listens to events until the server ends them, and comes back after the last one heard when the
 * connection breaks. The promise settles with the end.
 *
 * @throws {Problem} when the server refuses, or cannot be reached five times in a row
 */
export async function followEvents(
  path: string,
  onEvent: (event: ServerEvent) => void,
  signal?: AbortSignal,
): Promise<void> {
  let last: string | null = null;
  for (let failures = 0; ; ) {
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (last !== null) headers['Last-Event-ID'] = last;
      const response = await reach(path, { signal, headers });
      if (response.status === 204 || response.body === null) return;
      for await (const event of readEvents(response.body)) {
        failures = 0;
        last = event.id ?? last;
        onEvent(event);
      }
      return;
    } catch (error) {
      if (isAbort(error) || (error instanceof Problem && error.code !== 'unreachable')) throw error;
      if (++failures === MOST_FAILURES) throw error;
      await pause(failures * 500, signal);
    }
  }
}

const MOST_FAILURES = 5;

/** Sends a request, with the key if there is one; asks for a key where one is wanted. */
async function reach(
  path: string,
  { signal, headers, ...options }: Pick<RequestInit, 'method' | 'body'> & RequestSettings,
): Promise<Response> {
  for (;;) {
    const response = await fetch(path, {
      ...options,
      signal: signal ?? null,
      headers: { ...headers, ...ownHeaders() },
    }).catch((error: unknown) => {
      throw isAbort(error) ? error : unreachable();
    });
    if (response.ok) return response;
    if (response.status === 401 && (await askForKey())) continue;
    throw problemOf(await response.text(), response.status);
  }
}

function send(
  path: string,
  file: Blob,
  {
    onProgress,
    signal,
    headers,
  }: Required<Pick<RequestSettings, 'headers'>> & {
    readonly onProgress: (share: number) => void;
    readonly signal: AbortSignal | undefined;
  },
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries({ ...headers, ...ownHeaders() })) {
      request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total === 0 ? 1 : loaded / total),
    );
    request.addEventListener('load', () =>
      resolve({ status: request.status, text: request.responseText }),
    );
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

/** With every request: the key if there is one, and the language in which problems are told. */
function ownHeaders(): Readonly<Record<string, string>> {
  return { 'Accept-Language': language.value, ...keyHeaders() };
}

function problemOf(text: string, status: number): Problem {
  try {
    return new Problem({ status, ...JSON.parse(text) });
  } catch {
    return new Problem({ status });
  }
}

function unreachable(): Problem {
  return new Problem({ code: 'unreachable', detail: problemText().unreachable });
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
