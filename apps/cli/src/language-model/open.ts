import {
  attachTuner,
  DEFAULT_MODEL,
  expectBaseModel,
  type LanguageModel,
  loadEngine,
  loadLanguageModel,
  obtainModel,
  openModel,
  readAdapter,
  seededRandom,
} from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';
import type { Terminal } from '../command.ts';
import { Progress } from '../progress.ts';
import { reportDownload } from './report-download.ts';

/** Adapter that is used when none is named and it is there; `none` asks for the bare base model. */
const DEFAULT_ADAPTER = 'finance-sql';
const NO_ADAPTER = 'none';

export interface OpenedModel {
  readonly model: LanguageModel;
  /** Shown in traces: `SmolLM2-135M-Instruct + finance-sql`. */
  readonly name: string;
  close(): void;
}

/**
 * Brings a base model into memory, downloading it first where needed.
 *
 * @param name a path, a name below the models folder, or organisation/model
 */
export async function openBaseModel(
  name: string | undefined,
  terminal: Terminal,
): Promise<LanguageModel> {
  const progress = new Progress(terminal);
  try {
    progress.update('loading the engine');
    await loadEngine();
    const path = await obtainModel(name ?? DEFAULT_MODEL, {
      signal: terminal.signal,
      onProgress: reportDownload((text, fraction) => progress.update(text, fraction)),
    });
    progress.update('loading the model');
    const files = await openModel(path);
    try {
      return loadLanguageModel(files);
    } finally {
      files.close();
    }
  } finally {
    progress.clear();
  }
}

/** A base model with an adapter of the hub folded into its weights. */
export async function openAdaptedModel(
  choice: { readonly model?: string | undefined; readonly adapter?: string | undefined },
  terminal: Terminal,
): Promise<OpenedModel> {
  const entry = chooseAdapter(choice.adapter);
  const model = await openBaseModel(choice.model ?? entry?.baseModel ?? undefined, terminal);
  const base = model.name.split('/').at(-1) ?? model.name;
  if (entry === null) return { model, name: base, close: () => model.dispose() };
  try {
    expectBaseModel(entry, model.name);
    const { config, tensors } = readAdapter(entry.path);
    const adapter = attachTuner(model, entry.peftType, config, seededRandom(0));
    adapter.load(tensors);
    adapter.merge?.();
    const close = () => {
      adapter.detach();
      model.dispose();
    };
    return { model, name: `${base} + ${entry.name}`, close };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function chooseAdapter(name: string | undefined) {
  const hub = openAdapters();
  if (name === NO_ADAPTER) return null;
  if (name !== undefined) return hub.get(name);
  return hub.list().find((entry) => entry.name === DEFAULT_ADAPTER) ?? null;
}
