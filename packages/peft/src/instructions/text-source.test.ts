import { expect, it } from 'vitest';
import { loadEngine } from '../tensors/engine.ts';
import { tinyModel } from '../testing/index.ts';
import { modelTextSource } from './text-source.ts';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

it('writes texts with a model, the same for the same seed', async () => {
  await loadEngine();
  const model = tinyModel();
  try {
    const source = modelTextSource(model, { chat: true, maxTokens: 8 });
    const write = async (seed: number) => {
      const texts = await all(source(['One', 'Another'], { seed, stop: [], signal: undefined }));
      return texts
        .sort((a, b) => a.prompt - b.prompt)
        .map(({ prompt, text }) => ({ prompt, text }));
    };
    const first = await write(1);
    expect(first.map(({ prompt }) => prompt)).toEqual([0, 1]);
    expect(await write(1)).toEqual(first);
    expect(await write(2)).not.toEqual(first);
  } finally {
    model.dispose();
  }
});
