/**
 * One POST of JSON to a model's server: with a deadline, a limit on what is read, and patience with a
 * busy one. It goes to the configured host or nowhere: redirects are not followed, so no other host
 * is sent the prompt or the key.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { reasonOf, type Translated } from '@quaestor/peft';
import { FinSqlError, type FinSqlErrorCode } from '../errors.ts';
import type { RemoteConfig } from './remote-config.ts';

/** The server refused what was asked, by its status and in its words. */
export class RemoteRefusal extends FinSqlError {
  readonly status: number;

  constructor(code: FinSqlErrorCode, message: Translated, status: number) {
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
        {
          en: `${hostOf(config)} answered with something else than JSON: ${quoted(text, config)}. Is it a server with /v1/completions?`,
          zh: `${hostOf(config)} 返回的不是 JSON：${quoted(text, config)}。它是提供 /v1/completions 的服务器吗？`,
        },
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
  throw new FinSqlError('generation-failed', {
    en: `${hostOf(config)} answered with more than ${config.maxBytes} bytes, which no completion needs; the rest was not read.`,
    zh: `${hostOf(config)} 返回的内容超过 ${config.maxBytes} 字节，补全结果不会这么长；其余部分没有读取。`,
  });
}

/** What to throw when no answer came, or only a part of one. */
function broken(cause: unknown, config: RemoteConfig, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const host = hostOf(config);
  if (cause instanceof DOMException && cause.name === 'TimeoutError') {
    return new FinSqlError(
      'generation-failed',
      {
        en: `${host} gave no whole answer within ${config.timeoutMs} ms. Is it busy, or is the model too large for it?`,
        zh: `${host} 在 ${config.timeoutMs} 毫秒内没有给出完整的回答。它是否正忙，或模型对它来说过大？`,
      },
      { cause },
    );
  }
  const { cause: inner } = cause as { cause?: { code?: unknown; message?: unknown } };
  const why: Translated = {
    en: quoted(String(inner?.code ?? inner?.message ?? (cause as Error).message), config),
    zh: quoted(reasonOf(inner instanceof Error ? inner : cause).zh, config),
  };
  return new FinSqlError(
    'no-generator',
    {
      en: `${host} cannot be reached (${why.en}). Is the server started, and the address right?`,
      zh: `无法连接 ${host}（${why.zh}）。服务器是否已启动，地址是否正确？`,
    },
    { cause },
  );
}

function redirected(response: Response, config: RemoteConfig): FinSqlError {
  const to = response.headers.get('location') ?? '';
  const place = URL.canParse(to, config.url) ? new URL(to, config.url).origin : undefined;
  return new FinSqlError('no-generator', {
    en: `${hostOf(config)} sends requests on to ${place ?? 'nowhere'} (${response.status}), which is not followed: give the address of the server itself.`,
    zh: `${hostOf(config)} 将请求转到 ${place ?? '未知的地址'}（${response.status}），此处不会跟随：请给出服务器本身的地址。`,
  });
}

function refusal(
  status: number,
  text: string,
  config: RemoteConfig,
  attempt: number,
): RemoteRefusal {
  const said = complaintIn(text);
  const words = quoted(said, config);
  const tries = attempt + 1;
  const hint = HINTS[status] ?? (status >= 500 ? SEE_LOG : undefined);
  const parts = {
    times: tries === 1 ? NOTHING : { en: ` ${tries} times`, zh: `${tries} 次` },
    words: said === '' ? NOTHING : { en: `: ${words}`, zh: `：${words}` },
    hint: hint === undefined ? NOTHING : { en: ` ${hint.en}`, zh: hint.zh },
  };
  const host = hostOf(config);
  const code = [401, 403, 404].includes(status) ? 'no-generator' : 'generation-failed';
  return new RemoteRefusal(
    code,
    {
      en: `${host} answered ${status}${parts.times.en}${parts.words.en}.${parts.hint.en}`,
      zh: `${host} ${parts.times.zh}返回 ${status}${parts.words.zh}。${parts.hint.zh}`,
    },
    status,
  );
}

const NOTHING: Translated = { en: '', zh: '' };
const SEE_LOG: Translated = { en: 'See the log of that server.', zh: '请查看该服务器的日志。' };

const HINTS: Readonly<Record<number, Translated>> = {
  401: {
    en: 'It wants a key that it knows: set QUAESTOR_REMOTE_KEY.',
    zh: '它需要一个它认可的密钥：请设置 QUAESTOR_REMOTE_KEY。',
  },
  403: {
    en: 'It does not accept the key in QUAESTOR_REMOTE_KEY.',
    zh: '它不接受 QUAESTOR_REMOTE_KEY 中的密钥。',
  },
  404: {
    en: 'Does it have /v1/completions, and a model of that name?',
    zh: '它是否提供 /v1/completions，以及这个名称的模型？',
  },
  429: { en: 'It has too much to do; ask again later.', zh: '它正忙，请稍后再问。' },
  503: {
    en: 'It has too much to do, or is still starting; ask again later.',
    zh: '它正忙，或仍在启动，请稍后再问。',
  },
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
