/** The generator that writes SQL: the built-in one, unless the configuration names another. */
import { join } from 'node:path';
import {
  asTrained,
  chosenRemote,
  createLlamaGenerator,
  type Generator,
  isLlamaFaster,
  type LlamaGenerator,
} from '@quaestor/finsql';
import { type HubEntry, PeftError } from '@quaestor/peft';
import type { ServerConfig } from '../config.ts';
import { contentOf } from './adapter-content.ts';

export interface ChosenGenerator {
  readonly generator: Generator;
  /** Whether another server's model writes, whatever adapter answers here. */
  readonly remote: boolean;
  close(): Promise<void> | void;
}

interface Local {
  /** With the adapter that answers. */
  readonly builtIn: Generator;
  /** File or folder of the base model. */
  readonly model: string;
  /** The adapter that answers now; null for none. */
  readonly adapter: () => HubEntry | null;
}

/**
 * @throws FinSqlError 'bad-config' for settings that do not fit together; PeftError where llama.cpp is
 *   chosen and cannot be had
 */
export async function chooseGenerator(
  config: ServerConfig,
  local: Local,
  signal: AbortSignal,
): Promise<ChosenGenerator> {
  const remote = chosenRemote(config, config.remoteKey);
  if (remote !== undefined) return { generator: remote, remote: true, close: () => {} };
  const builtIn = { generator: local.builtIn, remote: false, close: () => {} };
  if (config.generator === 'llama') return openLlama(local);
  if (config.generator !== 'auto') return builtIn;
  const open = { builtin: async () => builtIn, llama: () => openLlama(local) };
  const kept = join(config.home, 'generator-speed.json');
  try {
    return (await isLlamaFaster(local.model, kept, open, signal))
      ? await openLlama(local)
      : builtIn;
  } catch (error) {
    // An adapter that llama.cpp cannot hold.
    if (error instanceof PeftError && error.code === 'unsupported') return builtIn;
    throw error;
  }
}

/** llama.cpp under the adapter that answers, loaded anew when that is another one. */
async function openLlama({ builtIn, model, adapter }: Local): Promise<ChosenGenerator> {
  let held: { readonly content: string | null; readonly llama: LlamaGenerator } | undefined;
  const load = async (): Promise<LlamaGenerator> => {
    const entry = adapter();
    const content = entry && contentOf(entry);
    if (held?.content === content) return held.llama;
    await held?.llama.close();
    held = undefined;
    const llama = await createLlamaGenerator(model, entry === null ? {} : { adapter: entry });
    held = { content, llama };
    return llama;
  };
  let loading: Promise<unknown> = Promise.resolve();
  /** Those who ask at the same time wait for the same one. */
  const current = (): Promise<LlamaGenerator> => {
    const loaded = loading.then(load);
    loading = loaded.catch(() => {});
    return loaded;
  };
  await current();
  return {
    generator: {
      get name() {
        return `${builtIn.name}, llama.cpp`;
      },
      countTokens: (text) => builtIn.countTokens(text),
      async *generate(prompts, request) {
        const llama = await current();
        yield* asTrained(llama, adapter()?.card).generate(prompts, request);
      },
    },
    remote: false,
    close: () => held?.llama.close(),
  };
}
