import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  createFinSql,
  databaseName,
  readConfidence,
  sourceOf,
  type Writer,
} from '@quaestor/finsql';
import {
  type AdapterHub,
  type AskedDatabase,
  DEFAULT_MODEL,
  defaultAdapter,
  type Engine,
  engine,
  type HubEntry,
  type LanguageModel,
  loadEngine,
  obtainModel,
  openHub,
  openLanguageModel,
  type Text,
  type Translated,
} from '@quaestor/peft';
import { BASE_MODEL } from './adapters/adapter-records.ts';
import type { ServerConfig } from './config.ts';
import { chooseGenerator } from './language/choose-generator.ts';
import { ModelPool } from './language/model-pool.ts';
import { askedDatabase, NEW_DATABASE, ownAdapter } from './language/own-adapter.ts';
import { baseName, peftLanguage } from './language/peft-language.ts';
import { underAdapter } from './language/under-adapter.ts';
import type { LoadModel, ModelReport } from './model-loader.ts';
import { inRepository } from './repository.ts';

/** Engine, base model, adapter and the pipeline over them, as the configuration names them. */
export function loadModel(config: ServerConfig): LoadModel {
  return async (report, signal, { exemplars, activeAdapter }) => {
    /** The steps block; requests that came meanwhile are answered in between. */
    const begin = async (step: Text) => {
      report(step);
      await setImmediate();
      signal.throwIfAborted();
    };
    await begin({ en: 'starting the tensor engine', zh: '正在启动计算引擎' });
    await loadEngine();
    await begin({ en: 'looking for the base model', zh: '正在查找基础模型' });
    const path = await obtainModel(config.model ?? DEFAULT_MODEL, {
      signal,
      onProgress: ({ step, done, total }) =>
        report(step, total === null ? undefined : done / total),
    });
    await begin({ en: 'reading the weights', zh: '正在读取权重' });
    const model = await openLanguageModel(path);
    const hub = openHub([join(config.home, 'adapters'), inRepository('data/adapters')]);
    const pool = new ModelPool(model, hub);
    /** Brings a copy under an adapter before it is asked for. */
    const prepare = async (entry: HubEntry | null) =>
      (await pool.hold(entry?.name ?? null)).release();
    const last = activeAdapter();
    let adapter = chooseAdapter(hub, model, config.adapter, last);
    /** The choice by hand that is not in force, because its adapter is gone or damaged. */
    const lost =
      config.adapter === undefined && last != null && adapter?.name !== last ? last : null;
    let byHand = lost === null && (config.adapter !== undefined || last !== undefined);
    if (adapter !== null) {
      await begin({
        en: `merging the adapter ${adapter.name}`,
        zh: `正在合并适配器 ${adapter.name}`,
      });
      await prepare(adapter);
    }
    if (adapter?.second != null) {
      await begin({
        en: `merging the second adapter of ${adapter.name}`,
        zh: `正在合并 ${adapter.name} 的第二个适配器`,
      });
      await prepare(adapter.second);
    }
    const active = () => adapter?.name ?? null;
    const titleOf = (entry: HubEntry | null) =>
      `${baseName(model)} ${entry === null ? 'without adapter' : `+ ${entry.name}`}`;
    const title = () => titleOf(adapter);
    const builtIn = underAdapter(pool, { active: () => adapter, title });
    /** Writes under the second adapter of the one that answers, where it has one. */
    const adviserOf = (entry: HubEntry | null) => {
      const second = entry?.second;
      if (second == null) return undefined;
      return underAdapter(pool, { active: () => second, title: () => titleOf(second) });
    };
    await begin({ en: 'choosing the generator', zh: '正在选择生成方式' });
    const chosen = await chooseGenerator(
      config,
      { builtIn, model: path, adapter: () => adapter },
      signal,
    );
    const finSql = createFinSql({
      generator: chosen.generator,
      adviser: () => (chosen.remote ? undefined : adviserOf(adapter)),
      exemplars,
      // A remote model has nothing to do with the adapter, nor with its figures.
      confidence: () =>
        adapter === null || chosen.remote ? undefined : readConfidence(adapter.path),
    });
    const byDatabase = chosen.generator === builtIn;
    const ownOf = (database: AskedDatabase) =>
      byDatabase && !byHand ? ownAdapter(hub, model, database) : undefined;
    /** Under the adapter that is made for a database, or for new ones, where none was chosen by hand. */
    const writerFor = (database: string): Writer | undefined => {
      const entry = ownOf(askedDatabase(database, exemplars()));
      if (entry === undefined) return undefined;
      return {
        generator: underAdapter(pool, { active: () => entry, title: () => titleOf(entry) }),
        adviser: () => adviserOf(entry),
        confidence: () => readConfidence(entry.path),
      };
    };
    const answering = () => (chosen.remote ? chosen.generator.name : title());
    /** One that does not fit is refused before anything is changed. */
    const change = async (next: HubEntry | null, chosenByHand: boolean) => {
      await prepare(next);
      if (next?.second != null) await prepare(next.second);
      adapter = next;
      byHand = chosenByHand;
      return answering();
    };
    return {
      name: answering(),
      note: lost === null ? undefined : insteadOf(lost, adapter?.name),
      finSql: {
        ...finSql,
        ask: (question, database, options) => {
          const { file, name = databaseName(file) } = sourceOf(database);
          return finSql.ask(question, database, { ...options, writer: writerFor(name) });
        },
      },
      adapter: {
        name: active,
        byHand: () => byHand,
        byDatabase,
        own: (database) => ownOf(askedDatabase(database, exemplars()))?.name ?? null,
        forNew: () => ownOf(NEW_DATABASE)?.name ?? null,
        use: async (name) => change(name === null ? null : hub.get(name), true),
        release: () => change(defaultAdapter(hub, model, 'sql'), false),
      },
      language: peftLanguage(pool),
      report: () => reportOf(model, engine()),
      close: async () => {
        finSql.close();
        await chosen.close();
        pool.close();
      },
    };
  };
}

/** That an adapter which was chosen does not answer, and what does. */
function insteadOf(lost: string, answering: string | undefined): Translated {
  return {
    en: `The adapter ${lost}, which was chosen by hand, is gone or damaged; ${answering ?? 'the base model alone'} answers instead.`,
    zh: `手动选择的适配器 ${lost} 已被删除或损坏，现由${answering === undefined ? '基础模型' : ` ${answering} `}回答。`,
  };
}

function reportOf({ name, config }: LanguageModel, { tf, ...engine }: Engine): ModelReport {
  const { binding } = tf.backend() as unknown as { binding?: { TF_Version?: string } };
  return {
    engine: {
      name: engine.name,
      tensorflow: binding?.TF_Version ?? null,
      precision: engine.precision,
      storage: engine.storage,
      bytes: engine.bytes,
      fused: engine.fused,
      speed: engine.speed,
      notes: engine.notes,
    },
    base: {
      name,
      layers: config.num_hidden_layers,
      width: config.hidden_size,
      vocabulary: config.vocab_size,
      context: config.max_position_embeddings,
    },
    pid: process.pid,
  };
}

/**
 * The adapter that was named; without a name, the one that was last made to answer, if it is still
 * there; else the first for SQL that fits the model.
 *
 * @throws PeftError 'not-found' | 'bad-file' for one that was named
 */
function chooseAdapter(
  hub: AdapterHub,
  model: LanguageModel,
  named: string | undefined,
  active: string | null | undefined,
): HubEntry | null {
  if (named === BASE_MODEL) return null;
  if (named !== undefined) return hub.get(named);
  if (active === null) return null;
  const last = active === undefined ? undefined : hub.find(active);
  return last?.problem === null ? last : defaultAdapter(hub, model, 'sql');
}
