/** The model in a process of its own: loaded from files, asked, cancelled, killed and back again. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextToSqlItem } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { loadEngine, openLanguageModel, seededRandom } from '@quaestor/peft';
import { writeRandomAdapter } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../../apps/server/src/listen.ts';
import { loadInProcess } from '../../apps/server/src/model-process/model-process.ts';
import { encodeSafetensors } from '../../packages/peft/src/io/safetensors.ts';
import { all, bodyOf, problemOf, send, sendJson, streamedEvents } from './requests.ts';

const VOCABULARY = 400;
const WIDTH = 16;
/** Requests that are worked on at the same time. */
const RUNNING = 4;
let home: string;
let server: RunningServer;

beforeAll(async () => {
  await loadEngine();
  home = mkdtempSync(join(tmpdir(), 'quaestor-process-'));
  mkdirSync(join(home, 'databases'));
  const database = new Database(join(home, 'databases', 'shop.sqlite'));
  database.exec('CREATE TABLE sale (id INTEGER, amount REAL)');
  database.close();
  writeModel(join(home, 'small'));
  server = await startServer({
    ...{ home, port: 0, model: join(home, 'small'), adapter: 'none' },
    maxRunning: RUNNING,
  });
  await server.loaded;
});

afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** A Hugging Face folder of a two-layer Llama with random weights and a real byte-level tokenizer. */
function writeModel(folder: string): void {
  mkdirSync(folder);
  const golden = new URL('../golden/tokenizer/smollm.json', import.meta.url);
  const { tokenizer } = JSON.parse(readFileSync(golden, 'utf8'));
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  const config = {
    model_type: 'llama',
    architectures: ['LlamaForCausalLM'],
    hidden_size: WIDTH,
    intermediate_size: 24,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 4,
    vocab_size: VOCABULARY,
    max_position_embeddings: 2048,
    rms_norm_eps: 1e-6,
    tie_word_embeddings: true,
    eos_token_id: 2,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const shapes: Record<string, number[]> = {
    'model.embed_tokens.weight': [VOCABULARY, WIDTH],
    'model.norm.weight': [WIDTH],
  };
  for (const layer of [0, 1].map((i) => `model.layers.${i}`)) {
    shapes[`${layer}.input_layernorm.weight`] = [WIDTH];
    shapes[`${layer}.post_attention_layernorm.weight`] = [WIDTH];
    for (const name of ['q', 'o']) shapes[`${layer}.self_attn.${name}_proj.weight`] = [16, WIDTH];
    for (const name of ['k', 'v']) shapes[`${layer}.self_attn.${name}_proj.weight`] = [8, WIDTH];
    for (const name of ['gate', 'up']) shapes[`${layer}.mlp.${name}_proj.weight`] = [24, WIDTH];
    shapes[`${layer}.mlp.down_proj.weight`] = [WIDTH, 24];
  }
  const random = seededRandom(1);
  const tensors = new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const draw = name.endsWith('norm.weight') ? () => 1 : () => 0.3 * random.normal();
      return [name, { shape, data: Float32Array.from({ length: size }, draw) }] as const;
    }),
  );
  writeFileSync(join(folder, 'model.safetensors'), encodeSafetensors(tensors, { dtype: 'F32' }));
}

const complete = (max_tokens: number, stream = false) =>
  send(server.url, '/v1/completions', {
    body: { model: 'small', prompt: 'Funds', temperature: 0, max_tokens, stream },
  });

const pidOfModel = () =>
  Number(execFileSync('pgrep', ['-P', String(process.pid), '-f', 'model-child']).toString());

const untilRunning = (count: number) =>
  expect
    .poll(async () => (await sendJson(server.url, '/api/health')).queue.running, { interval: 5 })
    .toBe(count);

describe('a model in a process of its own', () => {
  it('writes, and tells of it on the way', async () => {
    expect((await sendJson(server.url, '/api/health')).model).toEqual({
      state: 'ready',
      name: 'small without adapter',
    });
    const whole = (await bodyOf(complete(20))).choices[0]?.text;
    let streamed = '';
    const response = await complete(20, true);
    for (const line of (await response.text()).split('\n\n')) {
      if (line.startsWith('data: {')) streamed += JSON.parse(line.slice(6)).choices[0]?.text;
    }
    expect(streamed).toBe(whole);
  });

  it('answers questions with their stages, and fails with the codes of the pipeline', async () => {
    const body = { question: 'How many sales are there?', database: 'shop' };
    const headers = { Accept: 'text/event-stream' };
    const heard = await all(streamedEvents(await send(server.url, '/api/ask', { body, headers })));
    expect(heard.map(({ data }) => data.name)).toContain('generate');
    const off = { question: 'Quel temps fait-il à Brest?', database: 'shop' };
    const answer = await bodyOf(send(server.url, '/api/ask', { body: off }));
    expect(answer.abstained?.code).toBe('off-topic');
  });

  it('labels rows', async () => {
    const request = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name: 'classify',
        arguments: { csv: 'a,b\n1,\n2,\n', target: 'b', classes: ['yes', 'no'] },
      },
    };
    const response = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    expect(text).toContain('"probabilities"');
  });

  it('says what speaks for which label', async () => {
    const body = 'size,colour\n1,red\n5,blue\n3,red\n9,blue\n';
    const headers = { 'Content-Type': 'text/csv' };
    const uploaded = await fetch(`${server.url}/api/uploads`, { method: 'POST', body, headers });
    const { id: upload } = await bodyOf(uploaded);
    const { id } = await sendJson(server.url, '/api/labellings', { body: { upload } });
    const settings = { target: 'kind', classes: ['large', 'small'] };
    await sendJson(server.url, `/api/labellings/${id}/settings`, { body: settings });
    const fit = await sendJson(server.url, `/api/labellings/${id}/fit`);
    expect(fit).toMatchObject({ used: 0, expectations_weight: 0.25 });
  });

  it('stops when the client goes', async () => {
    const leaving = new AbortController();
    const asked = send(server.url, '/v1/completions', {
      body: { model: 'small', prompt: 'x', max_tokens: 2000, stop: ['\0'], n: 4 },
      signal: leaving.signal,
    }).catch(() => null);
    await untilRunning(1);
    leaving.abort();
    await asked;
    await untilRunning(0);
    expect((await complete(1)).status).toBe(200);
  });

  it('that is killed costs the requests that it was at, and no other', async () => {
    // Greedily: what is drawn ends of itself, now and then before the process is killed.
    const lost = Array.from({ length: RUNNING }, () => complete(2000));
    await untilRunning(RUNNING);
    const pid = pidOfModel();
    const waiting = complete(5);
    await expect
      .poll(async () => (await sendJson(server.url, '/api/health')).queue.waiting)
      .toBe(1);
    process.kill(pid, 'SIGKILL');
    for (const response of lost) await problemOf(await response, 503, 'model-failed');
    expect((await waiting).status).toBe(200);
    expect(pidOfModel()).not.toBe(pid);
  });
});

describe('a model that cannot be loaded again at first', () => {
  it('is tried again with the next question, in one process', async () => {
    const weights = join(home, 'small', 'model.safetensors');
    renameSync(weights, `${weights}.away`);
    process.kill(pidOfModel(), 'SIGKILL');
    await expect.poll(async () => (await complete(1)).status).toBeGreaterThanOrEqual(500);
    const failed = await complete(1);
    const health = async () => (await sendJson(server.url, '/api/health')).model;
    expect(await health()).toMatchObject({ state: 'failed', retried: true });
    await problemOf(await send(server.url, '/readyz'), 503, 'model-failed');
    renameSync(`${weights}.away`, weights);
    await problemOf(failed, 503, 'model-failed');
    expect((await complete(1)).status).toBe(200);
    expect(await health()).toMatchObject({ state: 'ready' });
    await expect.poll(pidOfModel).toBeGreaterThan(0);
  });
});

describe('an adapter that is removed while it answers', () => {
  it('costs no question when the model is loaded again', async () => {
    const adapter = join(home, 'adapters', 'mine');
    const model = await openLanguageModel(join(home, 'small'));
    writeRandomAdapter(model, adapter, 1);
    model.dispose();
    const activate = (name: string) =>
      sendJson(server.url, `/api/adapters/${name}/activate`, { body: { force: true } });
    await activate('mine');
    rmSync(adapter, { recursive: true });
    process.kill(pidOfModel(), 'SIGKILL');
    await expect.poll(async () => (await complete(1)).status).toBe(200);
    expect((await sendJson(server.url, '/api/health')).model).toEqual({
      state: 'ready',
      name: 'small without adapter',
      note: 'The adapter mine, which was chosen by hand, is gone or damaged; the base model alone answers instead.',
    });
    await activate('none');
  });

  it('is told by the field that named it', async () => {
    const body = { model: 'mine', prompt: 'Funds', max_tokens: 1 };
    const { error } = await bodyOf(send(server.url, '/v1/completions', { body }));
    expect(error).toMatchObject({ code: 'no-such-model', param: 'model' });
  });
});

describe('several clients at once', () => {
  const questions = ['How many sales?', 'Sum of amount per sale', 'Which sale has the top amount?'];
  /** The SQL that is written for a question, or why there is none. */
  const drafted = async (question: string) => {
    const body = { question, database: 'shop', dry_run: true };
    const reply = await bodyOf(send(server.url, '/api/ask', { body }));
    return { sql: reply.sql, code: reply.code };
  };
  const texts = async (settings: object) =>
    (
      await bodyOf(
        send(server.url, '/v1/completions', {
          body: { model: 'small', prompt: ['Funds', 'sale of'], max_tokens: 40, ...settings },
        }),
      )
    ).choices.map(({ text }) => text);
  const settings = [
    { temperature: 0 },
    { temperature: 1, seed: 3, n: 2 },
    { stop: ['a'], seed: 1 },
  ];

  it('get what each gets alone, while others come and go', async () => {
    const alone: unknown[] = [];
    for (const question of questions) alone.push(await drafted(question));
    for (const one of settings) alone.push(await texts(one));
    const leaving = new AbortController();
    const gone = send(server.url, '/v1/completions', {
      body: { model: 'small', prompt: 'x', max_tokens: 2000, stop: ['\0'], n: 4 },
      signal: leaving.signal,
    }).catch(() => null);
    await untilRunning(1);
    const together = Promise.all([...questions.map(drafted), ...settings.map(texts)]);
    await untilRunning(RUNNING);
    leaving.abort();
    expect(await together).toEqual(alone);
    expect(await gone).toBeNull();
    await untilRunning(0);
  });

  it('are told the stages of their own questions', async () => {
    const headers = { Accept: 'text/event-stream' };
    const heard = await Promise.all(
      questions.map(async (question) => {
        const body = { question, database: 'shop', dry_run: true };
        return all(streamedEvents(await send(server.url, '/api/ask', { body, headers })));
      }),
    );
    for (const [i, events] of heard.entries()) {
      const prompt = events.find(({ event, data }) => event === 'stage' && data.name === 'prompt');
      expect(JSON.stringify(prompt?.data)).toContain(questions[i]);
      expect(events.at(-1)?.event).toMatch(/answer|error/);
    }
  });
});

describe('questions with known SQL', () => {
  it('reach the process although the client of the first question after a change has gone', async () => {
    let exemplars: readonly TextToSqlItem[] = [];
    const config = readConfig({
      ...{ home, model: join(home, 'small'), adapter: 'none' },
    });
    const context = { exemplars: () => exemplars, activeAdapter: () => undefined };
    const model = await loadInProcess(config)(() => {}, new AbortController().signal, context);
    try {
      const file = join(home, 'databases', 'shop.sqlite');
      exemplars = [{ question: 'How many sales were dear?', sql: 'select 41', db: 'shop' }];
      const signal = AbortSignal.abort(new Error('gone'));
      const gone = model.finSql.ask('How many sales were there?', file, { signal });
      await expect(gone).rejects.toThrow('gone');
      const stages: unknown[] = [];
      const options = { dryRun: true, onStage: (stage: unknown) => stages.push(stage) };
      await model.finSql.ask('How many sales were there?', file, options).catch(() => {});
      expect(JSON.stringify(stages)).toContain('How many sales were dear?');
    } finally {
      await model.close();
    }
  });
});

describe('with a remote generator', () => {
  const SQL = 'select count(*) from sale';
  const keys: (string | undefined)[] = [];
  const elsewhere = createServer((request, response) => {
    keys.push(request.headers.authorization);
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ choices: [{ text: ` ${SQL}` }] }));
    });
  });
  const otherHome = mkdtempSync(join(tmpdir(), 'quaestor-remote-'));
  let second: RunningServer;

  beforeAll(async () => {
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as AddressInfo;
    cpSync(join(home, 'databases'), join(otherHome, 'databases'), { recursive: true });
    second = await startServer({
      ...{ home: otherHome, port: 0, model: join(home, 'small'), adapter: 'none' },
      ...{ generator: 'remote', remoteModel: 'm', remoteKey: 'key-1' },
      remoteUrl: `http://127.0.0.1:${port}`,
    });
    await second.loaded;
  });
  afterAll(async () => {
    await second.close();
    await new Promise((resolve) => elsewhere.close(resolve));
    rmSync(otherHome, { recursive: true, force: true });
  });

  it('questions go there, with the key, and texts are still written here', async () => {
    const body = { question: 'How many sales are there?', database: 'shop' };
    const answer = await sendJson(second.url, '/api/ask', { body });
    expect(answer).toMatchObject({ sql: SQL, rows: [[0]], confidence: null });
    expect(keys).toContain('Bearer key-1');
    expect((await sendJson(second.url, '/api/health')).model).toMatchObject({
      name: expect.stringMatching(/^m at http/),
    });
    const completion = { model: 'small', prompt: 'Funds', max_tokens: 2 };
    expect((await send(second.url, '/v1/completions', { body: completion })).status).toBe(200);
  });
});
