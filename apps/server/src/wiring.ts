import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createFinSql, databaseName, readConfidence, sourceOf } from '@quaestor/finsql';
import {
  DEFAULT_MODEL,
  type Engine,
  engine,
  type LanguageModel,
  loadEngine,
  obtainModel,
  openHub,
  openLanguageModel,
  type Text,
} from '@quaestor/peft';
import type { ServerConfig } from './config.ts';
import { AnsweringAdapter } from './language/answering-adapter.ts';
import { chooseGenerator } from './language/choose-generator.ts';
import { ModelPool } from './language/model-pool.ts';
import { peftLanguage } from './language/peft-language.ts';
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
    const adapter = new AnsweringAdapter(
      { hub, pool, exemplars },
      { named: config.adapter, last: activeAdapter() },
    );
    const { entry } = adapter;
    if (entry !== null) {
      await begin({ en: `merging the adapter ${entry.name}`, zh: `正在合并适配器 ${entry.name}` });
      await adapter.prepare(entry);
    }
    if (entry?.second != null) {
      await begin({
        en: `merging the second adapter of ${entry.name}`,
        zh: `正在合并 ${entry.name} 的第二个适配器`,
      });
      await adapter.prepare(entry.second);
    }
    await begin({ en: 'choosing the generator', zh: '正在选择生成方式' });
    const chosen = await chooseGenerator(
      config,
      { builtIn: adapter.generator, model: path, adapter: () => adapter.entry },
      signal,
    );
    const finSql = createFinSql({
      generator: chosen.generator,
      adviser: () => (chosen.remote ? undefined : adapter.adviser),
      exemplars,
      // A remote model has nothing to do with the adapter, nor with its figures.
      confidence: () =>
        adapter.entry === null || chosen.remote ? undefined : readConfidence(adapter.entry.path),
    });
    const byDatabase = chosen.generator === adapter.generator;
    const answering = () => (chosen.remote ? chosen.generator.name : adapter.title);
    return {
      name: answering(),
      note: adapter.note,
      finSql: {
        ...finSql,
        ask: (question, database, options) => {
          const { file, name = databaseName(file) } = sourceOf(database);
          const writer = byDatabase ? adapter.writerFor(name) : undefined;
          return finSql.ask(question, database, { ...options, writer });
        },
      },
      adapter: adapter.place({ byDatabase, answering }),
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
