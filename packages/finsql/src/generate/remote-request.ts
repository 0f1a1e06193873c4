/**
 * One POST of JSON to a model's server: with a deadline, a limit on what is read, and patience with a
 * busy one. It goes to the configured host or nowhere: redirects are not followed, so no other host
 * is sent the prompt or the key.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { FinSqlError, type FinSqlErrorCode } from '../errors.ts';
import type { RemoteConfig } from './remote-config.ts';

/** The server refused what was asked, by its status and in its words. */
export class RemoteRefusal extends FinSqlError {
  readonly status: number;

  constructor(code: FinSqlErrorCode, message: string, status: number) {
    super(code, message);
    this.status = status;
  }
}

/** Busy for now; anything else would be refused again. */
const BUSY: ReadonlySet<number> = new Set([429, 503]);
/** A server that asks for more patience than this is as good as away. */
const LONGEST_WAIT_MS = 30_000;
/** Of what a server says against a request. */
const COMPLAINT_LENGTH = 300;

/**
 * @param path below the configured address, e.g. `completions`
 * @returns the JSON of the answer
 * @throws FinSqlError `no-generator` | `generation-failed`; the signal's reason
 */
export async function postJson(
  config: RemoteConfig,
  path: string,
  body: object,
  signal?: AbortSignal,
): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    const response = await send(config, path, body, signal);
    const { status } = response;
    if (BUSY.has(status) && attempt < config.retries) {
      await response.body?.cancel();
      const milliseconds = patience(response, config.backOffMs * 2 ** attempt);
      await wait(milliseconds, undefined, { signal }).catch(() => signal?.throwIfAborted());
      continue;
    }
    const text = await readText(response, config, signal);
    if (status >= 300 && status < 400) throw redirected(response, config);
    if (!response.ok) throw refusal(status, text, config, attempt);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new FinSqlError(
        'generation-failed',
        `${hostOf(config)} answered with something else than JSON: ${quoted(text, config)}. Is it a server with /v1/completions?`,
        { cause },
      );
    }
  }
}

/** `http://host:8000` for `http://host:8000/v1/`, for messages. */
export function hostOf({ url }: Pick<RemoteConfig, 'url'>): string {
  return new URL(url).origin;
}

async function send(
  config: RemoteConfig,
  path: string,
  body: object,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const { url, apiKey } = config;
  const base = url.replace(/\/+$/, '').replace(/\/v1$/, '');
  try {
    return await fetch(`${base}/v1/${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      signal: deadline(config, signal),
    });
  } catch (cause) {
    throw broken(cause, config, signal);
  }
}

function deadline({ timeoutMs }: RemoteConfig, signal: AbortSignal | undefined): AbortSignal {
  const late = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? late : AbortSignal.any([late, signal]);
}

/** The body, unless it is longer than it may be. */
async function readText(
  response: Response,
  config: RemoteConfig,
  signal: AbortSignal | undefined,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response.body ?? []) {
      length += part.length;
      if (length > config.maxBytes) break;
      parts.push(part);
    }
  } catch (cause) {
    throw broken(cause, config, signal);
  }
  if (length <= config.maxBytes) return Buffer.concat(parts).toString('utf8');
  throw new FinSqlError(
    'generation-failed',
    `${hostOf(config)} answered with more than ${config.maxBytes} bytes, which no completion needs; the rest was not read.`,
  );
}

/** What to throw when no answer came, or only a part of one. */
function broken(cause: unknown, config: RemoteConfig, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const host = hostOf(config);
  if (cause instanceof DOMException && cause.name === 'TimeoutError') {
    return new FinSqlError(
      'generation-failed',
      `${host} gave no whole answer within ${config.timeoutMs} ms. Is it busy, or is the model too large for it?`,
      { cause },
    );
  }
  const { cause: inner } = cause as { cause?: { code?: unknown; message?: unknown } };
  const why = String(inner?.code ?? inner?.message ?? (cause as Error).message);
  return new FinSqlError(
    'no-generator',
    `${host} cannot be reached (${quoted(why, config)}). Is the server started, and the address right?`,
    { cause },
  );
}

function redirected(response: Response, config: RemoteConfig): FinSqlError {
  const to = response.headers.get('location') ?? '';
  const place = URL.canParse(to, config.url) ? new URL(to, config.url).origin : 'nowhere';
  return new FinSqlError(
    'no-generator',
    `${hostOf(config)} sends requests on to ${place} (${response.status}), which is not followed: give the address of the server itself.`,
  );
}

function refusal(
  status: number,
  text: string,
  config: RemoteConfig,
  attempt: number,
): RemoteRefusal {
  const said = complaintIn(text);
  const words = said === '' ? '' : `: ${quoted(said, config)}`;
  const tries = attempt === 0 ? '' : ` ${attempt + 1} times`;
  const known = HINTS[status] ?? (status >= 500 ? 'See the log of that server.' : '');
  const code = [401, 403, 404].includes(status) ? 'no-generator' : 'generation-failed';
  return new RemoteRefusal(
    code,
    `${hostOf(config)} answered ${status}${tries}${words}. ${known}`.trimEnd(),
    status,
  );
}

const HINTS: Readonly<Record<number, string>> = {
  401: 'It wants a key that it knows: set QUAESTOR_REMOTE_KEY.',
  403: 'It does not accept the key in QUAESTOR_REMOTE_KEY.',
  404: 'Does it have /v1/completions, and a model of that name?',
  429: 'It has too much to do; ask again later.',
  503: 'It has too much to do, or is still starting; ask again later.',
};

/** The message of OpenAI's error object, or else the text itself. */
function complaintIn(text: string): string {
  try {
    const parsed = JSON.parse(text) as {
      error?: string | { message?: unknown };
      message?: unknown;
    } | null;
    const { error } = parsed ?? {};
    const message = typeof error === 'string' ? error : (error?.message ?? parsed?.message);
    return typeof message === 'string' ? message : text;
  } catch {
    return text;
  }
}

/** A server's words: shortened, on one line, without the key should it repeat it. */
function quoted(text: string, { apiKey }: RemoteConfig): string {
  const hidden = apiKey === undefined ? text : text.replaceAll(apiKey, '…');
  const line = hidden.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > COMPLAINT_LENGTH ? `${line.slice(0, COMPLAINT_LENGTH)}…` : line;
}

/** Milliseconds until the next try: what the server asks for, or the usual. */
function patience(response: Response, usual: number): number {
  const asked = response.headers.get('retry-after');
  const seconds = asked === null ? Number.NaN : Number(asked);
  const until = asked === null ? Number.NaN : Date.parse(asked) - Date.now();
  const wanted = Number.isFinite(seconds) ? seconds * 1000 : until;
  return Math.min(LONGEST_WAIT_MS, Number.isFinite(wanted) ? Math.max(0, wanted) : usual);
}
