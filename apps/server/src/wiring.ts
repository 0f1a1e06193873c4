import { setImmediate } from 'node:timers/promises';
import {
  createFinSql,
  createPeftGenerator,
  type Generator,
  readConfidence,
} from '@quaestor/finsql';
import {
  type AdapterHub,
  DEFAULT_MODEL,
  defaultAdapter,
  type HubEntry,
  type LanguageModel,
  loadEngine,
  obtainModel,
  openHub,
  openLanguageModel,
  stateFolder,
} from '@quaestor/peft';
import type { ServerConfig } from './config.ts';
import { readQuestions } from './example-questions.ts';
import { AdapterSwitch } from './language/adapter-switch.ts';
import { baseName, peftLanguage } from './language/peft-language.ts';
import type { LoadModel } from './model-loader.ts';
import { inRepository } from './repository.ts';

/** What to call for no adapter at all. */
const NO_ADAPTER = 'none';

/** Engine, base model, adapter and the pipeline over them, as the configuration names them. */
export function loadModel(config: ServerConfig): LoadModel {
  return async (report, signal) => {
    /** The steps block; requests that came meanwhile are answered in between. */
    const begin = async (step: string) => {
      report(step);
      await setImmediate();
      signal.throwIfAborted();
    };
    await begin('starting the tensor engine');
    await loadEngine();
    await begin('looking for the base model');
    const path = await obtainModel(config.model ?? DEFAULT_MODEL, {
      signal,
      onProgress: ({ step, done, total }) =>
        report(step, total === null ? undefined : done / total),
    });
    await begin('reading the weights');
    const model = await openLanguageModel(path);
    const hub = openHub([stateFolder('adapters'), inRepository('data/adapters')]);
    const adapters = new AdapterSwitch(model, hub);
    const adapter = chooseAdapter(config.adapter, model, hub);
    if (adapter !== null) {
      await begin(`merging the adapter ${adapter.name}`);
      adapters.use(adapter.name);
    }
    const name = `${baseName(model)} ${adapter === null ? 'without adapter' : `+ ${adapter.name}`}`;
    const finSql = createFinSql({
      generator: underAdapter(createPeftGenerator(model, name), adapters, adapter?.name ?? null),
      exemplars: await readQuestions(config.exemplars),
      confidence: adapter === null ? undefined : readConfidence(adapter.path),
    });
    return {
      name,
      finSql,
      language: peftLanguage(model, adapters),
      close: () => {
        finSql.close();
        model.dispose();
      },
    };
  };
}

/**
 * The adapter that was named; without a name, the first for SQL that fits the model.
 *
 * @throws PeftError 'not-found' | 'bad-file' for one that was named
 */
function chooseAdapter(
  name: string | undefined,
  model: LanguageModel,
  hub: AdapterHub,
): HubEntry | null {
  if (name === NO_ADAPTER) return null;
  return name === undefined ? defaultAdapter(hub, model, 'sql') : hub.get(name);
}

/**
 * The generator with that adapter, whichever the model was last used with. Events that were written
 * go out before the model takes the processor.
 */
function underAdapter(
  generator: Generator,
  adapters: AdapterSwitch,
  adapter: string | null,
): Generator {
  return {
    ...generator,
    async *generate(prompts, request) {
      await setImmediate();
      adapters.use(adapter);
      yield* generator.generate(prompts, request);
    },
  };
}
