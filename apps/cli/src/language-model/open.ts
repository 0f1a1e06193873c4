import {
  type AskedDatabase,
  checkpointPrecision,
  DEFAULT_MODEL,
  defaultAdapter,
  type HubEntry,
  type LanguageModel,
  loadEngine,
  mergeStoredAdapter,
  modelView,
  obtainModel,
  openLanguageModel,
} from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';
import type { Terminal } from '../command.ts';
import { Progress } from '../progress.ts';
import { reportDownload } from './report-download.ts';

/** What to call for no adapter at all. */
const NO_ADAPTER = 'none';

/** Which model, under which adapter; see `openAdaptedModel`. */
export interface AdaptedChoice {
  readonly model?: string | undefined;
  readonly adapter?: string | undefined;
  /** The one that is asked about: an adapter that is made for it, or its like, goes before others. */
  readonly database?: AskedDatabase | undefined;
}

export interface OpenedModel {
  readonly model: LanguageModel;
  /** The same without the adapter: for others beside it, as long as it is open. */
  readonly base: LanguageModel;
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
 * @param options.checkpoints of a run: the model is opened in the precision of the newest one
 */
export async function openBaseModel(
  name: string | undefined,
  terminal: Terminal,
  {
    checkpoints,
    ...options
  }: { readonly zeroBiases?: boolean; readonly checkpoints?: string } = {},
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
    const begun = checkpoints === undefined ? null : checkpointPrecision(checkpoints);
    return await openLanguageModel(path, { ...options, ...begun });
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
  database?: AskedDatabase,
): HubEntry | null {
  if (name === undefined) return defaultAdapter(openAdapters(), model, 'sql', database);
  return namedAdapter(name);
}

/**
 * A base model with an adapter of the hub folded into its weights: the one that was named; without a
 * name, the first for SQL and the database that fits the model, those that come with the repository
 * before one's own.
 */
export async function openAdaptedModel(
  choice: AdaptedChoice,
  terminal: Terminal,
): Promise<OpenedModel> {
  const base = await openBaseModel(baseOf(choice), terminal);
  try {
    const opened = underAdapter(base, chooseAdapter(choice.adapter, base, choice.database));
    const close = () => {
      opened.close();
      base.dispose();
    };
    return { ...opened, close };
  } catch (error) {
    base.dispose();
    throw error;
  }
}

/** An opened model under its second adapter; null where it has none. To be closed before the first. */
export function openSecond({ adapter, base }: OpenedModel): OpenedModel | null {
  const second = adapter?.second;
  return second == null ? null : underAdapter(base, second);
}

function baseOf({ model, adapter }: AdaptedChoice): string | undefined {
  return model ?? namedAdapter(adapter)?.baseModel ?? undefined;
}

/** The base as it is for other adapters, and a view of it under this one. */
function underAdapter(base: LanguageModel, entry: HubEntry | null): OpenedModel {
  const name = base.name.split('/').at(-1) ?? base.name;
  if (entry === null) return { model: base, base, name, adapter: null, close: () => {} };
  const model = modelView(base);
  const adapter = mergeStoredAdapter(model, entry);
  const close = () => adapter.detach();
  return { model, base, name: `${name} + ${entry.name}`, adapter: entry, close };
}
