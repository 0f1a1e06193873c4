import { availableParallelism } from 'node:os';
import {
  asTrained,
  chosenRemote,
  createLlamaGenerator,
  createPeftGenerator,
  type Generator,
  type GeneratorChoice,
  isLlamaFaster,
} from '@quaestor/finsql';
import {
  DEFAULT_MODEL,
  findModel,
  type HubEntry,
  modelName,
  obtainModel,
  PeftError,
  stateFolder,
} from '@quaestor/peft';
import type { Terminal } from '../command.ts';
import { Progress } from '../progress.ts';
import {
  type AdaptedChoice,
  chooseAdapter,
  namedAdapter,
  type OpenedModel,
  openAdaptedModel,
  openSecond,
} from './open.ts';
import { reportDownload } from './report-download.ts';

export interface OpenedGenerator {
  readonly generator: Generator;
  /** Under the second adapter of its adapter; undefined where there is none. */
  readonly adviser?: Generator | undefined;
  /** Folder of its adapter; null for a bare model, and for a remote one. */
  readonly adapterFolder: string | null;
  close(): Promise<void> | void;
}

/** Flags of a command that asks a generator. */
export interface GeneratorFlags extends GeneratorChoice, AdaptedChoice {}

/**
 * The generator that was chosen, ready to write.
 * @throws FinSqlError 'bad-config' for choices that do not fit together; as `openAdaptedModel` and
 *   `createLlamaGenerator`
 */
export async function openGenerator(
  flags: GeneratorFlags,
  terminal: Terminal,
): Promise<OpenedGenerator> {
  const remote = chosenRemote(flags, terminal.env.QUAESTOR_REMOTE_KEY);
  if (remote !== undefined) return { generator: remote, adapterFolder: null, close: () => {} };
  if (flags.generator === 'llama') return openLlama(flags, terminal);
  return (
    (flags.generator === 'auto' && (await openFaster(flags, terminal))) ||
    openBuiltIn(flags, terminal)
  );
}

/** llama.cpp where it measured faster and takes the adapter; measured once for each model and machine. */
async function openFaster(
  flags: GeneratorFlags,
  terminal: Terminal,
): Promise<OpenedGenerator | null> {
  const path = findModel(modelOf(flags));
  if (path === null) return null;
  const local = {
    builtin: () => openBuiltIn(flags, terminal),
    llama: () => openLlama(flags, terminal),
  };
  const kept = stateFolder('generator-speed.json');
  try {
    const faster = await isLlamaFaster(path, kept, local, terminal.signal);
    return faster ? await openLlama(flags, terminal) : null;
  } catch (error) {
    if (error instanceof PeftError && error.code === 'unsupported') return null;
    throw error;
  }
}

/** The built-in generator over an opened model, as its adapter writes. */
export function builtInGenerator({ model, name, adapter }: OpenedModel): Generator {
  return asTrained(createPeftGenerator(model, name), adapter?.card);
}

/** The built-in generator, and beside it that of the second adapter. @throws as `openAdaptedModel` */
export async function openBuiltIn(
  choice: AdaptedChoice,
  terminal: Terminal,
): Promise<OpenedGenerator> {
  const first = await openAdaptedModel(choice, terminal);
  try {
    const second = openSecond(first);
    return {
      generator: builtInGenerator(first),
      adviser: second === null ? undefined : builtInGenerator(second),
      adapterFolder: first.adapter?.path ?? null,
      close: () => {
        second?.close();
        first.close();
      },
    };
  } catch (error) {
    first.close();
    throw error;
  }
}

async function openLlama(flags: GeneratorFlags, terminal: Terminal): Promise<OpenedGenerator> {
  const progress = new Progress(terminal);
  try {
    const path = await obtainModel(modelOf(flags), {
      signal: terminal.signal,
      onProgress: reportDownload((text, fraction) => progress.update(text, fraction)),
    });
    progress.update({
      en: 'loading the model into llama.cpp',
      zh: '正在将模型加载到 llama.cpp',
    });
    const adapter = chooseAdapter(flags.adapter, { name: modelName(path) }, flags.database);
    const load = (entry: HubEntry | null) =>
      createLlamaGenerator(path, {
        ...(entry && { adapter: entry }),
        threads: availableParallelism(),
      });
    const generator = await load(adapter);
    const second = adapter?.second ?? null;
    const adviser = second && (await load(second));
    return {
      generator: asTrained(generator, adapter?.card),
      adviser: adviser === null ? undefined : asTrained(adviser, second?.card),
      adapterFolder: adapter?.path ?? null,
      close: async () => {
        await adviser?.close();
        await generator.close();
      },
    };
  } finally {
    progress.clear();
  }
}

function modelOf({ model, adapter }: GeneratorFlags): string {
  return model ?? namedAdapter(adapter)?.baseModel ?? DEFAULT_MODEL;
}
