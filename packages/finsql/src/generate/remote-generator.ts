/**
 * A model behind OpenAI's completions protocol, which vLLM, llama-server, Ollama and Quaestor's own
 * server speak: POST {url}/v1/completions. Servers differ in what they refuse: where one cannot write
 * several candidates at once it is asked several times, and where it keeps log-probabilities back the
 * completions have none.
 */
import { schemaProblems } from '@quaestor/peft';
import * as z from 'zod';
import { FinSqlError } from '../errors.ts';
import { estimateTokens } from '../prompt/build.ts';
import type { Completion, GenerateRequest, Generator } from './generator.ts';
import { REMOTE_WORDS, type RemoteConfig, remoteConfig } from './remote-config.ts';
import { hostOf, postJson, RemoteRefusal } from './remote-request.ts';

const listed = z.number().nullable();
const answer = z.object({
  choices: z
    .array(
      z.object({
        index: z.int().nonnegative().nullish(),
        text: z.string(),
        finish_reason: z.string().nullish(),
        logprobs: z
          .union([
            z.object({ token_logprobs: z.array(listed) }),
            // llama-server's form, that of conversations.
            z.object({ content: z.array(z.object({ logprob: listed })) }),
          ])
          .nullish()
          .catch(null),
      }),
    )
    .min(1),
  usage: z.object({ completion_tokens: z.int().nonnegative() }).nullish().catch(null),
});
type Choice = z.output<typeof answer>['choices'][number];

/** What a server has shown that it cannot do. */
interface Limits {
  oneAtATime: boolean;
  noLogProbabilities: boolean;
}

/**
 * @param options the server and how patiently it is asked, see `remoteConfig`
 * @throws FinSqlError `bad-config` with every problem, never the key
 */
export function createRemoteGenerator(options: z.input<typeof remoteConfig>): Generator {
  const config = readConfig(options);
  const limits: Limits = { oneAtATime: false, noLogProbabilities: false };
  return {
    name: `${config.model} at ${hostOf(config)}`,
    countTokens: estimateTokens,
    async *generate(prompts: readonly string[], request: GenerateRequest = {}) {
      if (request.constraints?.some((automaton) => automaton !== undefined)) {
        throw new FinSqlError('bad-config', {
          en: 'A remote model cannot be held to the grammar while it writes. Ask without it, or with a local model.',
          zh: '远程模型书写时无法受语法约束。请不加语法约束再问，或使用本地模型。',
        });
      }
      const waiting = [...prompts.entries()];
      const running = new Map<number, Promise<[number, Completion[]]>>();
      // Where one prompt fails, the others' requests end with it.
      const failed = new AbortController();
      const { signal } = request;
      const either =
        signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
      try {
        while (waiting.length > 0 || running.size > 0) {
          signal?.throwIfAborted();
          while (waiting.length > 0 && running.size < config.parallel) {
            const [index, text] = waiting.shift() as [number, string];
            const asked = complete(config, limits, text, { ...request, signal: either });
            const done = asked.then((all): [number, Completion[]] => [
              index,
              all.map((completion) => ({ ...completion, prompt: index })),
            ]);
            // Told by the race below, or of no interest any more.
            done.catch(() => {});
            running.set(index, done);
          }
          const [index, completions] = await Promise.race(running.values());
          running.delete(index);
          yield* completions;
        }
      } finally {
        failed.abort();
      }
    },
  };
}

/** All candidates of one prompt. */
async function complete(
  config: RemoteConfig,
  limits: Limits,
  prompt: string,
  request: GenerateRequest,
): Promise<Completion[]> {
  const { n: wanted = 1, seed } = request;
  const found: Completion[] = [];
  while (found.length < wanted) {
    const n = limits.oneAtATime ? 1 : wanted - found.length;
    // A server that repeats itself for the same seed must not be asked with it again.
    const drawn = seed === undefined ? undefined : seed + found.length;
    const choices = await ask(config, limits, prompt, { ...request, n, seed: drawn });
    if (choices === null) continue;
    if (choices.length < n) limits.oneAtATime = true;
    for (const completion of choices.slice(0, n)) {
      found.push({ ...completion, candidate: found.length });
    }
  }
  return found;
}

/** One request. @returns null when the server refused a part of it that can be done without */
async function ask(
  config: RemoteConfig,
  limits: Limits,
  prompt: string,
  request: Omit<GenerateRequest, 'seed'> & {
    readonly n: number;
    readonly seed: number | undefined;
  },
): Promise<Completion[] | null> {
  const { n, temperature = 0, topP, topK, maxTokens = 160, stop = [], seed, signal } = request;
  const body = {
    model: config.model,
    prompt,
    n,
    temperature,
    max_tokens: maxTokens,
    stream: false,
    ...(stop.length === 0 ? {} : { stop }),
    ...(topP === undefined ? {} : { top_p: topP }),
    // Not in OpenAI's protocol; the servers that have it call it so.
    ...(topK === undefined || topK === 0 ? {} : { top_k: topK }),
    ...(seed === undefined ? {} : { seed }),
    ...(limits.noLogProbabilities ? {} : { logprobs: 1 }),
  };
  let output: unknown;
  try {
    output = await postJson(config, 'completions', body, signal);
  } catch (error) {
    if (!(error instanceof RemoteRefusal) || ![400, 422, 501].includes(error.status)) throw error;
    if (!limits.noLogProbabilities && /logprobs/i.test(error.message)) {
      limits.noLogProbabilities = true;
    } else if (n > 1) {
      limits.oneAtATime = true;
    } else {
      throw error;
    }
    return null;
  }
  const parsed = answer.safeParse(output);
  if (!parsed.success) {
    throw new FinSqlError(
      'generation-failed',
      {
        en: `${hostOf(config)} answered with JSON that is no completion; expected { choices: [{ text }] }. Is it a server with /v1/completions?`,
        zh: `${hostOf(config)} 返回的 JSON 不是补全结果，应为 { choices: [{ text }] }。它是提供 /v1/completions 的服务器吗？`,
      },
      { problems: schemaProblems(answer, output, parsed.error) },
    );
  }
  const { choices, usage } = parsed.data;
  const ordered = [...choices].sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  return ordered.map((choice) => toCompletion(choice, stop, choices.length, usage));
}

function toCompletion(
  { text: written, finish_reason: reason, logprobs }: Choice,
  stop: readonly string[],
  choices: number,
  usage: { readonly completion_tokens: number } | null | undefined,
): Completion {
  const values =
    logprobs == null
      ? null
      : 'content' in logprobs
        ? logprobs.content.map(({ logprob }) => logprob)
        : logprobs.token_logprobs;
  const known = values?.filter((value) => value !== null) ?? [];
  // Some servers leave the stop in the text.
  const cuts = stop.map((end) => written.indexOf(end)).filter((at) => at >= 0);
  const text = cuts.length > 0 ? written.slice(0, Math.min(...cuts)) : written;
  const counted = choices === 1 ? usage?.completion_tokens : undefined;
  return {
    prompt: 0,
    candidate: 0,
    text,
    logProbability: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0),
    tokens: known.length || (counted ?? estimateTokens(text)),
    finish: reason === 'length' && cuts.length === 0 ? 'length' : 'stop',
  };
}

function readConfig(options: z.input<typeof remoteConfig>): RemoteConfig {
  const parsed = remoteConfig.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new FinSqlError(
    'bad-config',
    {
      en: 'The remote model is not described well (--remote-url, --remote-model, QUAESTOR_REMOTE_KEY).',
      zh: '远程模型的设置有误（--remote-url、--remote-model、QUAESTOR_REMOTE_KEY）。',
    },
    { problems: schemaProblems(remoteConfig, options, parsed.error, REMOTE_WORDS) },
  );
}
