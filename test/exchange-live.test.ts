/**
 * Adapters there and back with a real Hugging Face PEFT. Runs where QUAESTOR_PYTHON names a Python
 * that has torch, transformers and peft; the golden files stand for it elsewhere.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  adapterState,
  attachTuner,
  type LanguageModel,
  loadEngine,
  openLanguageModel,
  readAdapter,
  seededRandom,
  train,
  trainConfig,
  writeAdapter,
  writeMergedModel,
} from '@quaestor/peft';
import { largestDifference, sequenceLogits } from '@quaestor/peft/testing';
import { expect, it } from 'vitest';

const python = process.env.QUAESTOR_PYTHON;
const models = fileURLToPath(new URL('golden/models', import.meta.url));
const script = fileURLToPath(new URL('exchange-live.py', import.meta.url));
const ids = [5, 17, 33, 80, 2, 9, 61];

/** What lies beside the weights, which a merged model cannot have. */
const beside: ReadonlySet<string> = new Set(['prompt-tuning', 'p-tuning', 'prefix-tuning']);

/** Our adapters, by method, base and settings; trained for a few steps so that all of them matters. */
const ours: readonly (readonly [string, string, string, Readonly<Record<string, unknown>>])[] = [
  ['lora', 'lora', 'tiny-llama', { r: 4, target_modules: 'all-linear', use_rslora: true }],
  ['lora-saved', 'lora', 'tiny-qwen2', { r: 4, modules_to_save: ['lm_head'], bias: 'lora_only' }],
  ['lora-embedding', 'lora', 'tiny-llama', { r: 4, target_modules: ['q_proj', 'embed_tokens'] }],
  [
    'lora-tied',
    'lora',
    'tiny-llama',
    { r: 4, modules_to_save: ['embed_tokens'], ensure_weight_tying: true },
  ],
  ['pissa', 'lora', 'tiny-qwen2', { r: 4, init_lora_weights: 'pissa' }],
  [
    'pissa-embedding',
    'lora',
    'tiny-qwen2',
    { r: 4, init_lora_weights: 'pissa', target_modules: ['q_proj', 'embed_tokens'] },
  ],
  [
    'olora-embedding',
    'lora',
    'tiny-llama',
    {
      ...{ r: 4, init_lora_weights: 'olora', target_modules: ['v_proj', 'embed_tokens'] },
      ...{ use_rslora: true, rank_pattern: { v_proj: 3, 'embed_.*': 2 } },
    },
  ],
  ['dora', 'dora', 'tiny-qwen2', { r: 4, target_modules: 'all-linear' }],
  ['adalora', 'adalora', 'tiny-qwen2', { init_r: 4, target_r: 2, target_modules: 'all-linear' }],
  ['ia3', 'ia3', 'tiny-qwen2', {}],
  ['ln-tuning', 'ln-tuning', 'tiny-llama', {}],
  ['prompt-tuning', 'prompt-tuning', 'tiny-llama', { num_virtual_tokens: 3 }],
  ['p-tuning', 'p-tuning', 'tiny-qwen2', { num_virtual_tokens: 3, encoder_hidden_size: 8 }],
  ['prefix-tuning', 'prefix-tuning', 'tiny-llama', { num_virtual_tokens: 3 }],
];

await loadEngine();

async function open(name: string): Promise<LanguageModel> {
  return openLanguageModel(join(models, name), { precision: 'float32' });
}

function output(model: LanguageModel): readonly number[] {
  return [...sequenceLogits(model, [ids])];
}

interface PeftAdapter {
  readonly name: string;
  readonly base: string;
  readonly merged: boolean;
}

interface PeftReport {
  readonly ours: Readonly<Record<string, number[][]>>;
  readonly merged: Readonly<Record<string, number[][]>>;
  readonly theirs: Readonly<Record<string, { readonly base: string; readonly logits: number[][] }>>;
}

/** What HF-PEFT computes of adapters in a folder; its own are written beside them. */
async function inPeft(folder: string, adapters: readonly PeftAdapter[]): Promise<PeftReport> {
  writeFileSync(join(folder, 'ours.json'), JSON.stringify({ ids, adapters }));
  const { stdout } = await promisify(execFile)(python as string, [script, models, folder], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) as string);
}

it.runIf(python)(
  'our adapters and merged models give the same logits there, and their adapters here and back there',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quaestor-exchange-'));
    try {
      const here = new Map<string, readonly number[]>();
      for (const [name, method, base, settings] of ours) {
        const model = await open(base);
        const adapter = attachTuner(model, method, settings, seededRandom(1));
        const examples = [{ ids: [4, 8, 15, 16, 23, 42], labelStart: 1 }];
        const config = trainConfig.parse({ learning_rate: 1e-2, num_train_epochs: 8 });
        for await (const _ of train(model, adapter, examples, config));
        here.set(name, output(model));
        writeAdapter(join(folder, name), adapter.config, adapterState(adapter));
        adapter.detach();
        model.dispose();
        if (beside.has(name)) continue;
        const merged = join(folder, `${name}-merged`);
        await writeMergedModel(join(folder, name), join(models, base), merged, { dtype: 'F32' });
      }
      const adapters = ours.map(([name, , base]) => ({ name, base, merged: !beside.has(name) }));
      const report = await inPeft(folder, adapters);
      const differences: Record<string, number> = {};
      const compare = (what: string, values: readonly number[], other?: number[][]): void => {
        differences[what] = other ? largestDifference(values, other.flat()) : Number.NaN;
      };
      for (const [name, values] of here) {
        compare(`ours ${name}`, values, report.ours[name]);
        if (!beside.has(name)) compare(`merged ${name}`, values, report.merged[name]);
      }
      const theirs = Object.entries(report.theirs);
      for (const [name, { base, logits: values }] of theirs) {
        const model = await open(base);
        const { config, tensors } = readAdapter(join(folder, `theirs-${name}`));
        const adapter = attachTuner(model, config.peft_type as string, config, seededRandom(2));
        adapter.load(tensors);
        compare(`theirs ${name}`, output(model), values);
        writeAdapter(join(folder, `again-${name}`), adapter.config, adapterState(adapter));
        adapter.detach();
        model.dispose();
      }
      const again = theirs.map(([name, { base }]) => ({
        ...{ name: `again-${name}`, base },
        merged: false,
      }));
      const back = await inPeft(folder, again);
      for (const [name, { logits: values }] of theirs) {
        compare(`again ${name}`, values.flat(), back.ours[`again-${name}`]);
      }
      const tooLarge = Object.entries(differences).filter(([, value]) => !(value <= 1e-4));
      expect(Object.fromEntries(tooLarge)).toEqual({});
      expect(Object.keys(differences)).toHaveLength(2 * ours.length - beside.size + 2 * 10);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  300_000,
);
