/** A real server over a real language model of two layers, with one adapter beside it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFinSql } from '@quaestor/finsql';
import { type LanguageModel, loadEngine, openHub } from '@quaestor/peft';
import { tinyModel, writeRandomAdapter } from '@quaestor/peft/testing';
import { ModelPool } from '../../apps/server/src/language/model-pool.ts';
import { peftLanguage } from '../../apps/server/src/language/peft-language.ts';
import { type DemoServer, ScriptedGenerator, startDemoServer } from '../demo-server.ts';

export interface TinyServer extends DemoServer {
  readonly model: LanguageModel;
}

/**
 * Its models are `tiny` and `other`, an adapter whose every value is random; SQL it knows by heart.
 * @param databases those that the adapter is made for; none: for any
 */
export async function startTinyServer(
  options: Parameters<typeof startDemoServer>[0] = {},
  databases: readonly string[] = [],
): Promise<TinyServer> {
  await loadEngine();
  const model = tinyModel();
  const adapters = mkdtempSync(join(tmpdir(), 'quaestor-tiny-'));
  writeRandomAdapter(model, join(adapters, 'other'), 5);
  writeFileSync(join(adapters, 'other', 'quaestor.json'), JSON.stringify({ databases }));
  const server = await startDemoServer({
    load: async () => {
      const pool = new ModelPool(model, openHub([adapters]), { most: 1 });
      // Before any test: they are held to leave no tensor behind.
      (await pool.hold('other')).release();
      const finSql = createFinSql({ generator: new ScriptedGenerator(), wordByWord: false });
      const language = peftLanguage(pool);
      const close = () => {
        finSql.close();
        pool.close();
      };
      return { name: `${model.name} + other`, finSql, language, close };
    },
    ...options,
  });
  await server.loaded;
  return {
    ...server,
    model,
    close: async () => {
      await server.close();
      rmSync(adapters, { recursive: true, force: true });
    },
  };
}
