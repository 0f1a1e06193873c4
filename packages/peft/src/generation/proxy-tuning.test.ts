import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hiddenRows,
  type LanguageModel,
  loadLanguageModel,
  logits,
} from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { tinyModel } from '../testing/index.ts';
import { tinyModelFiles } from '../testing/tiny-model-files.ts';
import { byteTokenizer } from '../tokenizer/byte.ts';
import { generate } from './generate.ts';
import { proxyScorer } from './proxy-tuning.ts';
import { remoteScorer } from './remote-scorer.ts';
import type { OpenScorer } from './token-scorer.ts';

await loadEngine();
const prompts = [[72, 105], [70, 117, 110, 100, 115], [33]];
let base: LanguageModel;
let expert: LanguageModel;
let antiExpert: LanguageModel;
beforeAll(() => {
  base = tinyModel({ seed: 1 });
  expert = tinyModel({ seed: 2 });
  antiExpert = tinyModel({ seed: 3 });
});
afterAll(() => {
  for (const model of [base, expert, antiExpert]) model.dispose();
});

async function greedy(scorer?: OpenScorer, n = 1): Promise<readonly (readonly number[])[]> {
  const found: number[][] = [];
  const options = { maxTokens: 6, endIds: [], streams: 2, n, ...(scorer && { scorer }) };
  for await (const { prompt, ids } of generate(base, prompts, options)) found[prompt] = [...ids];
  return found;
}

/** The same without caches: one pass over the whole sequence for each model and token. */
function steeredByHand(alpha: number): readonly (readonly number[])[] {
  const { tf } = engine();
  const last = (model: LanguageModel, ids: readonly number[]): Float32Array =>
    tf.tidy(() =>
      logits(model, hiddenRows(model, packSequences([ids]), [ids.length - 1])).dataSync(),
    ) as Float32Array;
  return prompts.map((prompt) => {
    const ids = [...prompt];
    for (let step = 0; step < 6; step++) {
      const [s, plus, minus] = [base, expert, antiExpert].map((model) => last(model, ids)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      const steered = s.map((x, i) => x + alpha * ((plus[i] as number) - (minus[i] as number)));
      ids.push(steered.indexOf(Math.max(...steered)));
    }
    return ids.slice(prompt.length);
  });
}

describe('proxy-tuning', () => {
  it('is the base at α = 0 and when expert and anti-expert agree', async () => {
    const plain = await greedy();
    expect(await greedy(proxyScorer({ base, expert, antiExpert, alpha: 0 }))).toEqual(plain);
    expect(await greedy(proxyScorer({ base, expert, antiExpert: expert }))).toEqual(plain);
  });

  it.each([0.5, 1])('adds the difference of the logits at α = %d', async (alpha) => {
    const steered = await greedy(proxyScorer({ base, expert, antiExpert, alpha }));
    expect(steered).toEqual(steeredByHand(alpha));
    expect(steered).not.toEqual(await greedy());
  });

  it('shares a prompt among candidates', async () => {
    const scorer = proxyScorer({ base, expert, antiExpert });
    expect(await greedy(scorer, 2)).toEqual(await greedy(scorer));
  });

  it('refuses prompts that are too long, or have unknown ids, for any of the three', async () => {
    const files = tinyModelFiles(2);
    const small = loadLanguageModel(
      { ...files, config: { ...files.config, max_position_embeddings: 16 } },
      { precision: 'float32' },
    );
    const scorer = proxyScorer({ base, expert: small, antiExpert: expert });
    expect([scorer.reach, scorer.vocabularySize]).toEqual([16, base.config.vocab_size]);
    const write = async (prompt: readonly number[], limited: OpenScorer): Promise<void> => {
      for await (const _ of generate(base, [prompt], { maxTokens: 6, scorer: limited }));
    };
    await write(Array(10).fill(65), scorer);
    await expect(write(Array(11).fill(65), scorer)).rejects.toMatchObject({
      code: 'mismatch',
      problems: [expect.stringContaining('the context holds 16')],
    });
    const fewer = Object.assign(proxyScorer({ base, expert, antiExpert }), { vocabularySize: 200 });
    await expect(write([65, 200], fewer)).rejects.toMatchObject({
      code: 'mismatch',
      problems: [expect.stringContaining('200 is no id of the vocabulary, 0 to 199')],
    });
    small.dispose();
  });

  it('knows a token by its text, where that is one, and says why nobody answers', async () => {
    const server = createServer((_, response) => {
      // What any byte above 127 alone is decoded to is the text of none of them.
      const top = { A: -0.5, '\ufffd': -1 };
      response.end(JSON.stringify({ choices: [{ logprobs: { top_logprobs: [top] } }] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const tokenizer = byteTokenizer();
    const scorer = remoteScorer({ url, model: 'tiny', vocabularySize: 256, tokenizer })(1, 9);
    const prompts = [{ slot: 0, ids: [2] }];
    const scores = await scorer.prefill(prompts);
    const known = [...(await scores.data())].flatMap((value, id) => (value > -1e9 ? [id] : []));
    expect(known).toEqual(['A'.charCodeAt(0)]);
    scores.dispose();
    await new Promise((resolve) => server.close(resolve));
    await expect(async () => await scorer.prefill(prompts)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringMatching(/^http:.* could not be reached: /),
    });
    scorer.dispose();
  });

  it('steers a model that only returns log-probabilities over HTTP', async () => {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { prompt, logprobs } = JSON.parse(body) as { prompt: number[]; logprobs: number };
      const { tf } = engine();
      const values = tf.tidy(() => {
        const hidden = hiddenRows(base, packSequences([prompt]), [prompt.length - 1]);
        return tf.logSoftmax(logits(base, hidden)).dataSync();
      });
      const best = [...values.entries()].sort((a, b) => b[1] - a[1]).slice(0, logprobs);
      const top = Object.fromEntries(best.map(([id, value]) => [`token_id:${id}`, value]));
      response.end(JSON.stringify({ choices: [{ logprobs: { top_logprobs: [top] } }] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const vocabularySize = base.config.vocab_size;
      const remote = remoteScorer({
        url,
        model: 'tiny',
        vocabularySize,
        topLogprobs: vocabularySize,
      });
      expect(await greedy(remote)).toEqual(await greedy());
      expect(await greedy(proxyScorer({ base: remote, expert, antiExpert }), 2)).toEqual(
        steeredByHand(1),
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
