import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAdapter, writeAdapter } from '../io/adapter-files.ts';
import type { TensorData } from '../io/safetensors.ts';
import { expectBaseModel, openHub } from './adapter-hub.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-hub-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const base = 'HuggingFaceTB/SmolLM2-135M-Instruct';

function factors(r: number): ReadonlyMap<string, TensorData> {
  return new Map(
    ['A', 'B'].map((factor) => [
      `base_model.model.model.layers.0.self_attn.q_proj.lora_${factor}.weight`,
      { shape: factor === 'A' ? [r, 2] : [2, r], data: new Float32Array(2 * r).fill(1) },
    ]),
  );
}

function adapter(path: string, r = 8, card?: object): string {
  const config = { peft_type: 'LORA', r, base_model_name_or_path: base };
  writeAdapter(path, config, factors(r), { card });
  return path;
}

describe('openHub', () => {
  it('describes adapters of all its folders, the first one winning', () => {
    const [own, shared] = [join(folder, 'own'), join(folder, 'shared')];
    const card = { tags: ['fund'], scores: { execution: 0.4 }, seed: 7, recipe: { lr: 8e-4 } };
    adapter(join(own, 'fund'), 8, card);
    adapter(join(shared, 'fund'), 16);
    adapter(join(shared, 'stock'), 4);
    writeFileSync(join(shared, 'README.md'), '');
    const hub = openHub([own, shared, join(folder, 'absent')]);
    expect(hub.list().map(({ name, rank, readOnly }) => [name, rank, readOnly])).toEqual([
      ['fund', 8, false],
      ['stock', 4, true],
    ]);
    expect(hub.get('fund')).toMatchObject({
      path: join(own, 'fund'),
      peftType: 'LORA',
      baseModel: base,
      tags: ['fund'],
      card,
      problem: null,
    });
    expect(hub.get('fund').sizeBytes).toBeGreaterThan(8);
  });

  it('describes one without the others, again only when its files have changed', () => {
    const own = join(folder, 'own');
    const path = adapter(join(own, 'fund'), 8, { tags: ['a'] });
    adapter(join(own, 'stock'), 4);
    const hub = openHub([own]);
    const first = hub.find('fund');
    expect(first).toMatchObject({ rank: 8, tags: ['a'] });
    expect(hub.find('bond')).toBeUndefined();
    expect(hub.list()[0]).toBe(first);
    expect(hub.get('fund')).toBe(first);
    writeFileSync(join(path, 'quaestor.json'), '{"tags": ["other"]}');
    expect(hub.get('fund').tags).toEqual(['other']);
    adapter(join(path, 'second'), 2);
    expect(hub.get('fund').second).toMatchObject({ rank: 2 });
    writeFileSync(join(path, 'second', 'adapter_config.json'), '{');
    expect(hub.find('fund')?.problem).not.toBeNull();
    rmSync(path, { recursive: true });
    expect(hub.find('fund')).toBeUndefined();
    expect(() => hub.get('fund')).toThrow(/no adapter fund; there are: stock/);
  });

  it.each<[string, object, object, RegExp]>([
    ['a type of no method', { peft_type: 'VERA' }, {}, /type VERA, which no method.*LORA/],
    ['settings that are refused', { r: -1 }, {}, /r: /],
    [
      'factors of two ranks',
      {},
      { 'x.lora_A.weight': [5, 7], 'x.lora_B.weight': [48, 4] },
      /\[5,7\].*B\[48,4\]/,
    ],
    ['factors of another rank', { r: 2 }, {}, /q_proj.*configuration says rank 2.*tensor has 1/],
    ['a factor alone', {}, { 'x.lora_B.weight': [4, 1] }, /x.lora_A.weight: missing/],
    ['a stray tensor', {}, { w: [2] }, /w: no tensor of such/],
  ])('takes no adapter that no model could carry: %s', (_, settings, shapes, message) => {
    const source = join(folder, 'source');
    const more = Object.entries(shapes).map(
      ([name, shape]: [string, number[]]): [string, TensorData] => {
        const size = shape.reduce((product, length) => product * length, 1);
        return [name, { shape, data: new Float32Array(size) }] as const;
      },
    );
    writeAdapter(
      source,
      { peft_type: 'LORA', r: 1, ...settings },
      new Map([...factors(1), ...more]),
    );
    const hub = openHub([join(folder, 'own')]);
    expect(() => hub.add(source, 'mine')).toThrow(message);
    expect(hub.list()).toEqual([]);
  });

  it('adds a copy, replaces only when told to, and removes it', () => {
    const source = adapter(join(folder, 'source'), 8, { tags: ['a'] });
    const hub = openHub([join(folder, 'own')]);
    expect(hub.list()).toEqual([]);
    const added = hub.add(source, 'mine');
    expect(readAdapter(added.path)).toEqual(readAdapter(source));
    expect(() => hub.add(source, 'mine')).toThrow(/already an adapter mine/);
    adapter(source, 32);
    expect(hub.add(source, 'mine', { replace: true })).toMatchObject({ rank: 32, card: null });
    hub.remove('mine');
    expect(readdirSync(hub.folder)).toEqual([]);
    expect(existsSync(source)).toBe(true);
    expect(() => hub.remove('mine')).toThrow(/no adapter mine/);
  });

  it('keeps a second adapter in the folder of the first, and takes both along', () => {
    const [own, source, other] = ['own', 'source', 'other'].map((name) => join(folder, name));
    if (own === undefined || source === undefined || other === undefined) throw new Error('paths');
    adapter(source, 8, { tags: ['a'] });
    adapter(other, 4, { tags: ['b'] });
    const hub = openHub([own]);
    expect(hub.add(source, 'alone').second).toBeNull();
    const pair = hub.add(source, 'pair', { second: other });
    expect(pair).toMatchObject({ rank: 8, tags: ['a'] });
    expect(pair.second).toMatchObject({ name: 'pair/second', rank: 4, tags: ['b'], second: null });
    expect(hub.list().map(({ name }) => name)).toEqual(['alone', 'pair']);
    const copy = hub.add(pair.path, 'copy');
    expect(readAdapter(copy.second?.path ?? '')).toEqual(readAdapter(other));
    // Of a second one only its own files are taken.
    expect(hub.add(other, 'again', { second: pair.path }).second?.second).toBeNull();
    const third = adapter(join(folder, 'third'), 2);
    expect(hub.add(pair.path, 'other', { second: third }).second).toMatchObject({ rank: 2 });

    writeFileSync(join(pair.path, 'second', 'adapter_config.json'), '{');
    expect(hub.list().find(({ name }) => name === 'pair')?.problem).not.toBeNull();
    expect(() => hub.get('pair')).toThrow(/second/);
    const foreign = { peft_type: 'LORA', r: 8, base_model_name_or_path: 'other/base' };
    writeAdapter(other, foreign, factors(8), {});
    expect(() => hub.add(source, 'foreign', { second: other })).toThrow(
      /expected Hugging.*got other\/base/,
    );
    expect(hub.list().map(({ name }) => name)).not.toContain('foreign');
  });

  it('takes no adapter as its own second', () => {
    const hub = openHub([join(folder, 'own')]);
    const source = adapter(join(folder, 'source'), 8);
    const copy = adapter(join(folder, 'copy'), 8, { tags: ['another card'] });
    for (const second of [source, copy]) {
      expect(() => hub.pair(source, second, 'pair')).toThrow(/is the same as the first/);
    }
    expect(hub.list()).toEqual([]);
  });

  it('leaves read-only folders alone', () => {
    const shared = join(folder, 'shared');
    adapter(join(shared, 'stock'));
    const hub = openHub([join(folder, 'own'), shared]);
    expect(() => hub.remove('stock')).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(hub.get('stock').readOnly).toBe(true);
    hub.expectFree('fresh');
    expect(() => hub.expectFree('stock', { replace: true })).toThrow(/choose another name\.$/);
    expect(() => hub.get('bond')).toThrow('There is no adapter bond; there are: stock.');
  });

  it('lists a broken adapter with its problem and refuses to give it out', () => {
    const own = join(folder, 'own');
    mkdirSync(join(own, 'broken'), { recursive: true });
    writeFileSync(join(own, 'broken', 'adapter_config.json'), '{');
    adapter(join(own, 'card'));
    writeFileSync(join(own, 'card', 'quaestor.json'), '{"tags": 3}');
    adapter(join(own, 'large'));
    writeFileSync(join(own, 'large', 'quaestor.json'), `{"description": "${'x'.repeat(1e6)}"}`);
    const hub = openHub([own]);
    expect(hub.list().map(({ name }) => name)).toEqual(['broken', 'card', 'large']);
    expect(() => hub.get('large')).toThrow(/1000019 bytes; expected JSON of at most 1000000/);
    expect(hub.list()[0]?.problem).toMatchObject({
      en: expect.stringMatching(/is not JSON/),
      zh: expect.stringMatching(/不是 JSON/),
    });
    expect(() => hub.get('broken')).toThrow(expect.objectContaining({ code: 'bad-file' }));
    expect(() => hub.get('card')).toThrow(/quaestor.json is malformed.*tags/s);
    expect(() => hub.add(join(own, 'broken'), 'other')).toThrow(/is not JSON/);
    expect(existsSync(join(own, 'other'))).toBe(false);
  });

  it('never writes outside its folder, whatever the name', () => {
    const source = adapter(join(folder, 'source'));
    const hub = openHub([join(folder, 'own')]);
    for (const name of ['', '.', '..', '../up', 'a/b', '.hidden', 'x\0', 'a'.repeat(101)]) {
      expect(() => hub.add(source, name), JSON.stringify(name)).toThrow(/is no adapter name/);
      expect(() => hub.remove(name)).toThrow(expect.objectContaining({ code: 'not-found' }));
    }
    expect(readdirSync(folder)).toEqual(['source']);
  });

  it('lists exactly what was added and not removed', () => {
    const source = adapter(join(folder, 'source'));
    const name = fc.constantFrom('a', 'b', 'c-1', 'D.2');
    const step = fc.tuple(fc.boolean(), name);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const own = mkdtempSync(join(folder, 'own-'));
        const hub = openHub([own]);
        const expected = new Set<string>();
        for (const [adds, which] of steps) {
          if (adds) hub.add(source, which, { replace: true });
          else if (expected.has(which)) hub.remove(which);
          if (adds) expected.add(which);
          else expected.delete(which);
        }
        expect(hub.list().map((entry) => entry.name)).toEqual([...expected].sort());
        expect(readdirSync(own).sort()).toEqual([...expected].sort());
      }),
      { numRuns: 15 },
    );
  });
});

describe('expectBaseModel', () => {
  const entry = { name: 'fund', baseModel: base };

  it('accepts the same model, with or without its organisation', () => {
    expectBaseModel(entry, base);
    expectBaseModel(entry, 'SmolLM2-135M-Instruct');
    expectBaseModel(
      { ...entry, baseModel: '/home/me/models/HuggingFaceTB/SmolLM2-135M-Instruct' },
      base,
    );
    expectBaseModel({ ...entry, baseModel: null }, 'anything');
  });

  it.each(['SmolLM2-360M-Instruct', 'other/SmolLM2-135M-Instruct'])('refuses %s', (model) => {
    expect(() => expectBaseModel(entry, model)).toThrow(
      expect.objectContaining({ code: 'mismatch' }),
    );
    expect(() => expectBaseModel(entry, model)).toThrow(`expected base ${base}, got ${model}`);
  });
});
