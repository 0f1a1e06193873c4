import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tinyModelFiles } from '../testing/tiny-model-files.ts';
import { openHuggingFaceModel } from './huggingface-model.ts';
import { weightFiles } from './weight-files.ts';

it('splits weights over files that a reader puts together again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-weights-'));
  try {
    const { config, names, shape, read } = tinyModelFiles();
    const tensors = new Map(
      names.map((name) => [name, { shape: shape(name), data: read(name) }] as const),
    );
    const files = weightFiles(tensors, 'F32', 8_000);
    const sizes = [...files].filter(([name]) => name.endsWith('.safetensors'));
    expect(sizes).toHaveLength(3);
    // The embedding alone is larger; the others stay below the limit, headers aside.
    expect(sizes.filter(([, { length }]) => length > 10_000)).toHaveLength(1);
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    const opened = openHuggingFaceModel(folder, 'tiny');
    expect([...opened.names].sort()).toEqual([...names].sort());
    for (const name of names) expect(opened.read(name)).toEqual(read(name));
    opened.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('is one file where all fit into it', () => {
  const tensors = new Map([['model.norm.weight', { shape: [2], data: Float32Array.of(1, 2) }]]);
  expect([...weightFiles(tensors, 'F16').keys()]).toEqual(['model.safetensors']);
});
