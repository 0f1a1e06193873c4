import {
  attachTuner,
  engine,
  hiddenRows,
  type LanguageModel,
  loadEngine,
  logits,
  packSequences,
  seededRandom,
} from '@quaestor/peft';
import { largestDifference, tinyModel, useFusedKernels } from '@quaestor/peft/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { areaUnderRoc } from '../metrics/ranking.ts';
import { contentFree, meanBias, removeBias } from './label-bias.ts';
import { labelLogLikelihoods } from './label-log-likelihoods.ts';
import { planLabels } from './label-plan.ts';
import { labelPrompt } from './label-prompt.ts';
import { labelProbabilities, normaliseByLength } from './normalise.ts';

const { fused: hasKernels, speed } = await loadEngine();
/** Without kernels there is one form of every op. */
const forms = hasKernels ? [true, false] : [false];

describe('planLabels', () => {
  it('runs the prompt alone where first tokens differ or labels have one token', () => {
    expect(planLabels([[5], [6]])).toEqual({
      stems: [[]],
      labels: [
        { stem: 0, tokens: [5] },
        { stem: 0, tokens: [6] },
      ],
    });
    expect(planLabels([[5, 1], [6]]).stems).toEqual([[]]);
  });

  it('shares runs between labels that begin alike', () => {
    const { stems, labels } = planLabels([[7, 1, 2], [7, 1], [7], [8, 9]], 'all');
    expect(stems).toEqual([[7, 1], [8]]);
    expect(labels.map(({ stem }) => stem)).toEqual([0, 0, 0, 1]);
  });

  it('refuses labels that cannot be told apart', () => {
    expect(() =>
      planLabels([
        [1, 2],
        [1, 2],
      ]),
    ).toThrow(/no two the same/);
    expect(() => planLabels([[1], []])).toThrow(/tokens of its own/);
    expect(() =>
      planLabels(
        [
          [1, 2],
          [1, 3],
        ],
        'first',
      ),
    ).toThrow(/no two the same/);
  });
});

describe('label log-likelihoods', () => {
  let model: LanguageModel;
  beforeAll(() => {
    model = tinyModel();
  });
  afterAll(() => model.dispose());
  afterEach(() => useFusedKernels(hasKernels));

  const encode = (text: string) => [...new TextEncoder().encode(text)];
  const prompts = ['The age is 58. Answer:', 'Short:', 'The age is 7 and the city is far.'].map(
    encode,
  );
  const labels = [' Yes', ' Yesterday', ' No', 'x'].map(encode);

  /** Token by token, each from a pass of its own. */
  function slowly(prompt: readonly number[], label: readonly number[]): number {
    const { tf } = engine();
    return label.reduce((sum, token, j) => {
      const ids = [...prompt, ...label.slice(0, j)];
      const row = tf.tidy(() => [
        ...logits(model, hiddenRows(model, packSequences([ids]), [ids.length - 1])).dataSync(),
      ]);
      const most = Math.max(...row);
      const total = row.reduce((all, value) => all + Math.exp(value - most), 0);
      return sum + (row[token] as number) - most - Math.log(total);
    }, 0);
  }

  it.each(forms)('are those of one pass a token, fused kernels %s', (fused) => {
    useFusedKernels(fused);
    const expected = prompts.map((prompt) => labels.map((label) => slowly(prompt, label)));
    for (const tokensPerPass of [1, 64, 4096]) {
      const scores = labelLogLikelihoods(model, prompts, labels, { tokens: 'all', tokensPerPass });
      for (const [i, row] of scores.entries()) {
        for (const [k, score] of row.entries()) {
          expect(score).toBeCloseTo(expected[i]?.[k] as number, 4);
        }
      }
    }
  });

  it.each(forms)('are the same over a shared beginning, fused kernels %s', (fused) => {
    useFusedKernels(fused);
    const alike = ['Bonn.', 'far.', '', 'far.', 'b', 'c', 'd'].map((city) =>
      encode(`The city is${city}`),
    );
    for (const tokensPerPass of [12, 4096]) {
      for (const some of [labels, ['Yes', 'No'].map(encode)]) {
        const options = { tokens: 'all', tokensPerPass } as const;
        const scores = labelLogLikelihoods(model, alike, some, options);
        for (const [i, row] of scores.entries()) {
          for (const [k, score] of row.entries()) {
            expect(score).toBeCloseTo(slowly(alike[i] as number[], some[k] as number[]), 4);
          }
        }
      }
    }
  });

  it('are the same behind the virtual rows of a method', () => {
    const shared = ['a', 'b', 'c', 'd'].map((city) => encode(`The city is ${city}`));
    for (const method of ['prompt-tuning', 'prefix-tuning']) {
      const settings = { num_virtual_tokens: 3 };
      const adapter = attachTuner(model, method, settings, seededRandom(2));
      const scores = labelLogLikelihoods(model, shared, labels, { tokens: 'all' });
      expect(scores[1]?.[1]).toBeCloseTo(slowly(shared[1] as number[], labels[1] as number[]), 4);
      adapter.detach();
    }
  });

  it.runIf(speed !== null && speed.bytes > 0)(
    'are close to the same in products of bytes, alone and over a shared beginning',
    () => {
      const [exact, rounded] = [false, true].map((bytes) => tinyModel({ width: 64, bytes })) as [
        LanguageModel,
        LanguageModel,
      ];
      const alike = ['Bonn.', 'far.', ''].map((city) => encode(`The city is${city}`));
      for (const asked of [prompts, alike]) {
        const expected = labelLogLikelihoods(exact, asked, labels, { tokens: 'all' }).flat();
        const scores = labelLogLikelihoods(rounded, asked, labels, { tokens: 'all' }).flat();
        expect(scores).not.toEqual(expected);
        const spread = Math.max(...expected) - Math.min(...expected);
        expect(largestDifference(scores, expected)).toBeLessThan(0.05 * spread);
      }
      exact.dispose();
      rounded.dispose();
    },
  );

  it('sum to one over the labels alone where that is asked for', () => {
    const some = ['Yes', 'No', 'x'].map(encode);
    const all = labelLogLikelihoods(model, prompts, some, { tokens: 'first' });
    const alone = labelLogLikelihoods(model, prompts, some, { among: 'labels' });
    const expected = labelProbabilities(all);
    expect(largestDifference(alone.flat().map(Math.exp), expected)).toBeLessThan(1e-5);
    const many = labelLogLikelihoods(model, prompts, labels, { among: 'labels', tokens: 'all' });
    expect(many).toEqual(labelLogLikelihoods(model, prompts, labels, { tokens: 'all' }));
  });

  it('refuse a prompt that is longer than the context', () => {
    const long = encode('x'.repeat(512));
    expect(() => labelLogLikelihoods(model, [long], labels, { tokens: 'all' })).toThrow(
      /needs 521 tokens; tiny reads 512 at most/,
    );
  });

  it('count the first tokens alone where those differ', () => {
    const [yes, no] = [encode('Yes'), encode('No')];
    const [[first = 0] = []] = labelLogLikelihoods(model, prompts, [yes, no]);
    expect(first).toBeCloseTo(slowly(prompts[0] as number[], yes.slice(0, 1)), 4);
    expect(labelLogLikelihoods(model, [], [yes, no])).toEqual([]);
  });
});

describe('label prompts', () => {
  const tokenizer = {
    encode: encodeText,
    applyChat: ([message]: readonly { content: string }[]) =>
      `<user>${message?.content}<assistant>`,
    encodeChat: ([message]: readonly { content: string }[]) => [
      -1,
      ...encodeText(message?.content ?? ''),
      -2,
    ],
  } as never;
  const options = { question: 'Rich?', words: ['Yes', 'No'], tokenizer };

  it('end where the label begins, whose blank is its own', () => {
    const paper = labelPrompt({ ...options, style: 'paper' });
    expect(paper.text('The age is 5.')).toBe('The age is 5.\n\nRich? Answer:');
    expect(paper.labels).toEqual([encodeText(' Yes'), encodeText(' No')]);
    const chat = labelPrompt({ ...options, style: 'chat' });
    expect(chat.text('x')).toBe('<user>Rich? Answer with one of: Yes, No.\n\nx<assistant>');
    expect(chat.labels).toEqual([encodeText('Yes'), encodeText('No')]);
    const asked = 'Rich? Answer with one of: Yes, No.\n\nx';
    expect(chat.encode('x')).toEqual([-1, ...encodeText(asked), -2]);
  });

  it('share their beginning, question first', () => {
    const { text } = labelPrompt({ ...options, style: 'question-first' });
    expect(text('row 1').split('row 1')[0]).toBe(text('row 2').split('row 2')[0]);
  });

  function encodeText(text: string): number[] {
    return [...new TextEncoder().encode(text)];
  }
});

describe('biases', () => {
  const scores = [
    [-1, -2],
    [-3, -0.5],
    [-0.2, -1.5],
    [-2, -2.5],
  ];
  const labels = [false, true, true, false];

  it('batch calibration makes classes even on average, up to curvature, and keeps the order of rows', () => {
    const even = removeBias(scores, meanBias(scores));
    const odds = (rows: readonly (readonly number[])[]) => rows.map(([a = 0, b = 0]) => b - a);
    expect(areaUnderRoc(odds(even), labels)).toBe(areaUnderRoc(odds(scores), labels));
    const mean = (p: Float64Array) => p.reduce((sum, value, i) => sum + (i % 2 ? value / 4 : 0), 0);
    expect(Math.abs(mean(labelProbabilities(even)) - 0.5)).toBeLessThan(
      Math.abs(mean(labelProbabilities(scores)) - 0.5),
    );
  });

  it('contextual calibration makes content-free rows even', () => {
    const empty = [[-1, -3]];
    const [row = []] = removeBias(empty, meanBias(empty));
    expect([...labelProbabilities([row])]).toEqual([
      expect.closeTo(0.5, 12),
      expect.closeTo(0.5, 12),
    ]);
    expect(contentFree([{ name: 'age', value: '5' }], 'N/A')).toEqual([
      { name: 'age', value: 'N/A' },
    ]);
  });

  it('lengths divide', () => {
    expect(normaliseByLength([[-4, -6]], [2, 3])).toEqual([[-2, -2]]);
  });
});
