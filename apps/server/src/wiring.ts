import { setImmediate } from 'node:timers/promises';
import {
  createFinSql,
  createPeftGenerator,
  type Generator,
  readConfidence,
} from '@quaestor/finsql';
import {
  DEFAULT_MODEL,
  defaultAdapter,
  type HubEntry,
  type LanguageModel,
  loadEngine,
  mergeStoredAdapter,
  obtainModel,
  openHub,
  openLanguageModel,
  stateFolder,
} from '@quaestor/peft';
import type { ServerConfig } from './config.ts';
import { readQuestions } from './example-questions.ts';
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
    const adapter = chooseAdapter(config.adapter, model);
    if (adapter !== null) {
      await begin(`merging the adapter ${adapter.name}`);
      mergeStoredAdapter(model, adapter);
    }
    const shortName = model.name.split('/').at(-1) ?? model.name;
    const name = `${shortName} ${adapter === null ? 'without adapter' : `+ ${adapter.name}`}`;
    const finSql = createFinSql({
      generator: unblocking(createPeftGenerator(model, name)),
      exemplars: await readQuestions(config.exemplars),
      confidence: adapter === null ? undefined : readConfidence(adapter.path),
    });
    return {
      name,
      finSql,
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
function chooseAdapter(name: string | undefined, model: LanguageModel): HubEntry | null {
  if (name === NO_ADAPTER) return null;
  const hub = openHub([stateFolder('adapters'), inRepository('data/adapters')]);
  return name === undefined ? defaultAdapter(hub, model, 'sql') : hub.get(name);
}

/** Lets events that were written go out before the model takes the processor. */
function unblocking(generator: Generator): Generator {
  return {
    ...generator,
    async *generate(prompts, request) {
      await setImmediate();
      yield* generator.generate(prompts, request);
    },
  };
}
