/** The built-in language model as a service, under an adapter that is asked for by name. */
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import {
  type ChatMessage,
  type LanguageModel,
  PeftError,
  type SharedGeneration,
  type Tokenizer,
} from '@quaestor/peft';
import { reasonScorer, textStates } from '@quaestor/tabllm';
import { ServerError } from '../errors.ts';
import { classifyTable } from './classify-table.ts';
import type { LanguageService, TextDelta, TextRequest, TextUsage } from './language-service.ts';
import type { ModelPool } from './model-pool.ts';
import { SettledText } from './settled-text.ts';
import { writtenStates } from './state-bytes.ts';

/** Tokens of a completion, where the client names no number. */
const USUAL_TOKENS = 512;
/** Texts that are read in about a third of a second. */
const TEXTS_AT_ONCE = 32;

/** Callers with the same adapter are written for side by side, the others in turn. */
export function peftLanguage(pool: ModelPool): LanguageService {
  const base = baseName(pool.base);
  const { tokenizer } = pool.base;
  const since = Math.floor(Date.now() / 1000);
  return {
    models: async () => [
      { id: base, parent: null, databases: [], created: since },
      ...pool.usable().map(({ name, path, card }) => ({
        id: name,
        parent: base,
        databases: card?.databases ?? [],
        created: Math.floor(statSync(path).mtimeMs / 1000),
      })),
    ],
    async write(request, { signal, onDelta }) {
      if (!tokenizer) throw new ServerError('bad-request', `model: ${base} has no tokenizer.`);
      const held = await pool.hold(adapterOf(request.model, base, pool), signal);
      try {
        const prompts = promptsOf(request, tokenizer);
        const maxTokens = roomFor(prompts, request, pool.base);
        const settled = { ...request, maxTokens };
        return await writeAll(held.shared, tokenizer, settled, prompts, signal, onDelta);
      } finally {
        held.release();
      }
    },
    async classify(request, signal) {
      // Labels are asked of the base: an adapter for SQL has forgotten how to speak of anything else.
      const held = await pool.hold(null, signal);
      try {
        return await classifyTable(request, held.model, signal);
      } finally {
        held.release();
      }
    },
    async reasons({ question, words, columns }, signal) {
      const scores: number[][][] = [];
      for (const { name, values } of columns) {
        // Nobody waits longer for another adapter than a column takes; an abort is heard in between.
        await setImmediate();
        const held = await pool.hold(null, signal);
        try {
          const score = reasonScorer({ model: held.model, question, words });
          scores.push(score(name, values));
        } finally {
          held.release();
        }
      }
      return scores;
    },
    async states({ texts }, signal) {
      const states: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += TEXTS_AT_ONCE) {
        // As above: others have their turn in between.
        await setImmediate();
        const held = await pool.hold(null, signal);
        try {
          const { read } = textStates({ model: held.model });
          states.push(...read(texts.slice(at, at + TEXTS_AT_ONCE)));
        } finally {
          held.release();
        }
      }
      return { model: pool.base.name, ...writtenStates(states) };
    },
  };
}

/** The model's name without its organisation. */
export function baseName(model: LanguageModel): string {
  return model.name.split('/').at(-1) ?? model.name;
}

async function writeAll(
  shared: SharedGeneration,
  tokenizer: Tokenizer,
  request: TextRequest & { readonly maxTokens: number },
  prompts: readonly (readonly number[])[],
  signal: AbortSignal,
  onDelta: (delta: TextDelta) => void,
): Promise<TextUsage> {
  const { n, stop } = request;
  const texts = Array.from({ length: prompts.length * n }, () => new SettledText(tokenizer, stop));
  const at = (token: { readonly prompt: number; readonly candidate: number }) =>
    token.prompt * n + token.candidate;
  const written = shared.generate(prompts, {
    n,
    temperature: request.temperature,
    topP: request.topP,
    maxTokens: request.maxTokens,
    stop,
    seed: request.seed,
    signal,
    onToken: (token) => {
      const settled = texts[at(token)];
      const text = settled?.add(token.id, token.logProbability) ?? '';
      if (settled === undefined || text === '') return;
      onDelta({ choice: at(token), text, tokens: settled.takeTokens(), finish: null });
    },
  });
  for await (const completion of written) {
    signal.throwIfAborted();
    const settled = texts[at(completion)];
    if (settled === undefined) continue;
    const { text, finish } = completion;
    onDelta({
      choice: at(completion),
      text: settled.rest(text),
      tokens: settled.takeTokens(finish === 'stop' ? text : undefined),
      finish: finish === 'stop' ? 'stop' : 'length',
    });
  }
  signal.throwIfAborted();
  return {
    promptTokens: prompts.reduce((sum, ids) => sum + ids.length, 0),
    completionTokens: texts.reduce((sum, { length }) => sum + length, 0),
  };
}

function adapterOf(name: string, base: string, pool: ModelPool): string | null {
  if (name === base) return null;
  const names = pool.usable().map((entry) => entry.name);
  if (names.includes(name)) return name;
  throw new ServerError(
    'no-such-model',
    `There is no model ${name.slice(0, 100)}; there is ${[base, ...names].join(', ')}.`,
    { problems: [`model ${name.slice(0, 100)} is unknown`] },
  );
}

/** Ids of bare prompts as they are, their special tokens included, or of a conversation, whose messages are text. */
function promptsOf({ input }: TextRequest, tokenizer: Tokenizer): readonly (readonly number[])[] {
  return 'prompts' in input
    ? input.prompts.map((text) => tokenizer.encode(text))
    : [chatPrompt(input.messages, tokenizer)];
}

function chatPrompt(messages: readonly ChatMessage[], tokenizer: Tokenizer): readonly number[] {
  try {
    return tokenizer.encodeChat(messages);
  } catch (error) {
    if (!(error instanceof PeftError)) throw error;
    throw new ServerError('bad-request', error.message, {
      problems: ['messages have no template'],
    });
  }
}

/** @throws ServerError 'bad-request' when a prompt fills the context */
function roomFor(
  prompts: readonly (readonly number[])[],
  { maxTokens = USUAL_TOKENS }: TextRequest,
  model: LanguageModel,
): number {
  const context = (model.rotary.cos.shape[0] as number) - (model.virtualRows?.length ?? 0);
  const longest = prompts.reduce((most, ids) => Math.max(most, ids.length), 0);
  if (longest < context) return Math.min(maxTokens, context - longest);
  throw new ServerError(
    'bad-request',
    `The prompt has ${longest} tokens; the context of the model holds ${context}. Shorten it.`,
    { problems: ['prompt is too long'] },
  );
}
