/** What vLLM accepts, and adapters on their way out of the hub. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  adapterState,
  attachTuner,
  engine,
  exportAdapter,
  hiddenRows,
  type LanguageModel,
  loadEngine,
  logits,
  neededRank,
  openLanguageModel,
  openModel,
  packSequences,
  readAdapter,
  seededRandom,
  vllmProblems,
  withoutPatterns,
  writeAdapter,
} from '@quaestor/peft';
import { largestDifference } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const golden = fileURLToPath(new URL('golden/', import.meta.url));
const adapters = join(golden, 'peft-llm');
const FILE = 'adapter_model.safetensors';
const folder = mkdtempSync(join(tmpdir(), 'quaestor-export-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(async () => {
  await loadEngine();
});

describe('vLLM', () => {
  const lora = readAdapter(join(adapters, 'lora'));

  it.each(['lora', 'lora-all-linear', 'lora-rslora', 'lora-qwen2'])('accepts %s', (name) => {
    const { config, tensors } = readAdapter(join(adapters, name));
    expect(vllmProblems(config, tensors)).toEqual([]);
  });

  it.each([
    ['dora', /DoRA.*merge/],
    ['lora-bias-all-qwen2', /bias is "all".*merge/],
    ['lora-modules-to-save-qwen2', /modules_to_save.*merge/],
    ['lora-patterns', /rank_pattern.*alpha/],
    ['ia3', /IA3.*merge/],
    ['prompt-tuning', /PROMPT_TUNING.*merge/],
  ])('refuses %s, saying what to do', (name, reason) => {
    const { config, tensors } = readAdapter(join(adapters, name));
    expect(
      vllmProblems(config, tensors)
        .map(({ en }) => en)
        .join('\n'),
    ).toMatch(reason);
  });

  it('names every reason at once', () => {
    const config = { ...lora.config, use_dora: true, bias: 'all', r: 24, alpha_pattern: { q: 2 } };
    expect(vllmProblems(config, lora.tensors, { maxRank: 16 })).toHaveLength(4);
  });

  it('says which --max-lora-rank an adapter needs', () => {
    expect(vllmProblems({ ...lora.config, r: 24 }, new Map(), { maxRank: 16 })).toEqual([
      {
        en: "rank 24 is above vLLM's max_lora_rank of 16: start it with --max-lora-rank 32",
        zh: '秩 24 超过了 vLLM 的 max_lora_rank 16：请用 --max-lora-rank 32 启动 vLLM',
      },
    ]);
    expect(vllmProblems({ ...lora.config, rank_pattern: { q: 600 } }, new Map())[0]?.en).toMatch(
      /rank 600 is above vLLM's max_lora_rank of 512$/,
    );
    expect([1, 4, 16, 17, 300].map(neededRank)).toEqual([1, 8, 16, 32, 320]);
  });
});

describe('folding patterns in', () => {
  it.each([false, true])('changes no output, rsLoRA: %s', async (rslora) => {
    const model = await openLanguageModel(join(golden, 'models/tiny-llama'), {
      precision: 'float32',
    });
    const original = {
      config: {
        ...{ peft_type: 'LORA', r: 4, lora_alpha: 6, use_rslora: rslora, init_lora_weights: false },
        ...{ target_modules: ['q_proj', 'k_proj', 'up_proj'], rank_pattern: { q_proj: 2 } },
        alpha_pattern: { k_proj: 3, up_proj: 20 },
      },
      tensors: new Map<string, { shape: number[]; data: Float32Array }>(),
    };
    const adapter = attachTuner(model, 'lora', original.config, seededRandom(2));
    for (const [name, tensor] of adapter.state()) {
      const data = tensor.dataSync().slice() as Float32Array;
      original.tensors.set(name, { shape: tensor.shape, data });
    }
    const wanted = output(model);
    adapter.detach();
    const folded = withoutPatterns(original);
    expect(folded.config).toMatchObject({ r: 4, rank_pattern: {}, alpha_pattern: {} });
    const again = attachTuner(model, 'lora', folded.config, seededRandom(3));
    again.load(folded.tensors);
    expect(largestDifference(output(model), wanted)).toBeLessThan(1e-5);
    again.detach();
    expect(largestDifference(output(model), wanted)).toBeGreaterThan(1e-2);
    model.dispose();
  });
});

function output(model: LanguageModel): Float32Array {
  return engine().tf.tidy(
    () =>
      logits(model, hiddenRows(model, packSequences([[5, 17, 42, 8]])))
        .dataSync()
        .slice() as Float32Array,
  );
}

describe('exportAdapter', () => {
  it.each<[string, string, Readonly<Record<string, unknown>>, RegExp]>([
    ['several tasks', 'prompt-tuning', { tasks: ['one', 'two'] }, /tasks: .*\(one, two\)/],
    [
      'a base that is quantised again',
      'lora',
      { init_lora_weights: 'loftq', target_modules: ['q_proj'], r: 2 },
      /loftq.*bitsandbytes/,
    ],
    ['another type', 'bitfit', {}, /no type BITFIT/],
  ])('refuses what HF-PEFT does not load: %s', async (name, method, settings, reason) => {
    const model = await openLanguageModel(join(golden, 'models/tiny-qwen2'));
    const adapter = attachTuner(model, method, settings, seededRandom(1));
    const source = join(folder, name);
    writeAdapter(source, adapter.config, adapterState(adapter));
    adapter.detach();
    model.dispose();
    const out = join(folder, `${name} out`);
    expect(() => exportAdapter(source, 'peft', out, { name: 'a' })).toThrow(reason);
    expect(existsSync(out)).toBe(false);
  });

  it('refuses layers beside a regular expression, which HF-PEFT does not load', () => {
    const { config, tensors } = readAdapter(join(adapters, 'lora'));
    const source = join(folder, 'layers');
    const settings = { ...config, target_modules: '.*q_proj', layers_to_transform: [0] };
    writeAdapter(source, settings, tensors);
    expect(() => exportAdapter(source, 'peft', `${source} out`, { name: 'a' })).toThrow(
      /beside which it takes no layers_to_transform/,
    );
  });

  it.each(readdirSync(adapters).filter((name) => existsSync(join(adapters, name, FILE))))(
    'takes what HF-PEFT has written: %s',
    (name) => {
      const out = join(folder, `again ${name}`);
      expect(exportAdapter(join(adapters, name), 'peft', out, { name: 'a' })).toBe(out);
    },
  );

  const q = 'base_model.model.model.layers.0.self_attn.q_proj';
  it.each<[string, string, object, readonly string[], Readonly<Record<string, number[]>>, RegExp]>([
    ['another rank', 'lora', { r: 3 }, [], {}, /lora_A.*configuration says rank 3, the tensor has/],
    ['a factor alone', 'lora', {}, [`${q}.lora_B.weight`], {}, /q_proj.lora_B.weight: missing/],
    ['odd shapes', 'lora', {}, [], { [`${q}.lora_B.weight`]: [32, 1] }, /does not go with B\[32,1/],
    ['a stray tensor', 'lora', {}, [], { stray: [2] }, /stray/],
    ['AdaLoRA without values', 'adalora', {}, [`${q}.lora_E`], {}, /q_proj.lora_E: missing/],
  ])('refuses tensors that are not those of the configuration: %s', (_, name, ...wrong) => {
    const [settings, left, more, reason] = wrong;
    const { config, tensors } = readAdapter(join(adapters, name));
    const changed = new Map([...tensors].filter(([key]) => !left.includes(key)));
    for (const [key, shape] of Object.entries(more)) {
      const size = shape.reduce((product, length) => product * length, 1);
      changed.set(key, { shape, data: new Float32Array(size) });
    }
    const source = join(folder, 'broken');
    writeAdapter(source, { ...config, ...settings }, changed);
    for (const format of name === 'lora' ? (['peft', 'vllm'] as const) : (['peft'] as const)) {
      const out = join(folder, `broken ${format}`);
      expect(() => exportAdapter(source, format, out, { name: 'a' })).toThrow(reason);
      expect(existsSync(out)).toBe(false);
    }
  });

  it('refuses factors that target_modules leave out, which HF-PEFT would pass over', () => {
    const { config, tensors } = readAdapter(join(adapters, 'lora'));
    const source = join(folder, 'outside');
    writeAdapter(source, { ...config, target_modules: ['v_proj'] }, tensors);
    expect(() => exportAdapter(source, 'peft', `${source} out`, { name: 'a' })).toThrow(
      /q_proj.lora_A.weight: target_modules do not name its module/,
    );
  });

  const source = join(adapters, 'lora');

  it.each(['peft', 'vllm'] as const)('%s: the two files, byte for byte', (format) => {
    const out = join(folder, format);
    expect(exportAdapter(source, format, out, { name: 'lora' })).toBe(out);
    expect(readdirSync(out).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors']);
    for (const file of readdirSync(out)) {
      expect(readFileSync(join(out, file))).toEqual(readFileSync(join(source, file)));
    }
  });

  it('vllm: patterns folded in', () => {
    const out = join(folder, 'folded');
    exportAdapter(join(adapters, 'lora-patterns'), 'vllm', out, { name: 'folded' });
    const { config, tensors } = readAdapter(out);
    expect(vllmProblems(config, tensors)).toEqual([]);
  });

  it('gguf: one file named after the adapter', async () => {
    const files = await openModel(join(golden, 'models/tiny-llama'));
    files.close();
    const out = join(folder, 'gguf');
    const path = exportAdapter(source, 'gguf', out, { name: 'funds', base: files.config });
    expect(path).toBe(join(out, 'funds.gguf'));
    expect(readFileSync(path).subarray(0, 4).toString()).toBe('GGUF');
    expect(() => exportAdapter(source, 'gguf', join(folder, 'none'), { name: 'a' })).toThrow(
      /needs the base model/,
    );
  });

  it('leaves alone what lies there, and writes nothing when it refuses', () => {
    const out = join(folder, 'taken');
    exportAdapter(source, 'peft', out, { name: 'a' });
    expect(() => exportAdapter(source, 'peft', out, { name: 'a' })).toThrow(/is there already/);
    exportAdapter(join(adapters, 'ia3'), 'peft', out, { name: 'a', replace: true });
    expect(readAdapter(out).config.peft_type).toBe('IA3');
    expect(() => exportAdapter(source, 'peft', folder, { name: 'a', replace: true })).toThrow(
      /something else than an adapter/,
    );
    const dora = join(folder, 'dora');
    expect(() => exportAdapter(join(adapters, 'dora'), 'vllm', dora, { name: 'a' })).toThrow(
      /DoRA/,
    );
    const own = join(folder, 'own');
    writeAdapter(own, { peft_type: 'BOTTLENECK' }, new Map());
    expect(() => exportAdapter(own, 'peft', dora, { name: 'a' })).toThrow(/has no type BOTTLENECK/);
    expect(existsSync(dora)).toBe(false);
  });
});
