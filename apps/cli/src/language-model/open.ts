import {
  DEFAULT_MODEL,
  defaultAdapter,
  type HubEntry,
  type LanguageModel,
  loadEngine,
  mergeStoredAdapter,
  obtainModel,
  openLanguageModel,
} from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';
import type { Terminal } from '../command.ts';
import { Progress } from '../progress.ts';
import { reportDownload } from './report-download.ts';

/** What to call for no adapter at all. */
const NO_ADAPTER = 'none';

export interface OpenedModel {
  readonly model: LanguageModel;
  /** Shown in traces: `SmolLM2-135M-Instruct + finance-sql`. */
  readonly name: string;
  /** The adapter in it; null for the bare model. */
  readonly adapter: HubEntry | null;
  close(): void;
}

/**
 * Brings a base model into memory, downloading it first where needed.
 *
 * @param name a path, a name below the models folder, or organisation/model
 * @param options.zeroBiases give a model without biases some that are 0
 */
export async function openBaseModel(
  name: string | undefined,
  terminal: Terminal,
  options: { readonly zeroBiases?: boolean } = {},
): Promise<LanguageModel> {
  const progress = new Progress(terminal);
  try {
    progress.update({ en: 'loading the engine', zh: '正在加载计算引擎' });
    await loadEngine();
    const path = await obtainModel(name ?? DEFAULT_MODEL, {
      signal: terminal.signal,
      onProgress: reportDownload((text, fraction) => progress.update(text, fraction)),
    });
    progress.update({ en: 'loading the model', zh: '正在加载模型' });
    return await openLanguageModel(path, options);
  } finally {
    progress.clear();
  }
}

/** The adapter of that name; null where none is named. @throws PeftError 'not-found' | 'bad-file' */
export function namedAdapter(name: string | undefined): HubEntry | null {
  return name === undefined || name === NO_ADAPTER ? null : openAdapters().get(name);
}

/** The named adapter, or the first for SQL that fits the model; null for none. @throws as `namedAdapter` */
export function chooseAdapter(
  name: string | undefined,
  model: Pick<LanguageModel, 'name'>,
): HubEntry | null {
  if (name === undefined) return defaultAdapter(openAdapters(), model, 'sql');
  return namedAdapter(name);
}

/**
 * A base model with an adapter of the hub folded into its weights: the one that was named; without a
 * name, the first for SQL that fits the model, those that come with the repository before one's own.
 */
export async function openAdaptedModel(
  choice: { readonly model?: string | undefined; readonly adapter?: string | undefined },
  terminal: Terminal,
): Promise<OpenedModel> {
  const named = namedAdapter(choice.adapter);
  const model = await openBaseModel(choice.model ?? named?.baseModel ?? undefined, terminal);
  const base = model.name.split('/').at(-1) ?? model.name;
  try {
    const entry = chooseAdapter(choice.adapter, model);
    if (entry === null) {
      return { model, name: base, adapter: null, close: () => model.dispose() };
    }
    const adapter = mergeStoredAdapter(model, entry);
    const close = () => {
      adapter.detach();
      model.dispose();
    };
    return { model, name: `${base} + ${entry.name}`, adapter: entry, close };
  } catch (error) {
    model.dispose();
    throw error;
  }
}
