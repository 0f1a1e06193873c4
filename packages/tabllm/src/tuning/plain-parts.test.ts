import { describe, expect, it } from 'vitest';
import { weightsOfClasses } from './class-weights.ts';
import { drawShots } from './draw-shots.ts';
import { epochMeans, hasSettled } from './plateau.ts';
import { upperLayersOnly } from './upper-layers.ts';

describe('drawShots', () => {
  const labels = Array.from({ length: 60 }, (_, i) => (i < 5 ? 1 : i < 20 ? 2 : 0));
  const counts = (rows: readonly number[]) =>
    [0, 1, 2].map((label) => rows.filter((row) => labels[row] === label).length);

  it('takes as many of each class, each row once', () => {
    const drawn = drawShots(labels, 3, 13, { seed: 4 });
    expect(new Set(drawn).size).toBe(13);
    expect(counts(drawn)).toEqual([5, 4, 4]);
    expect(drawShots(labels, 3, 13, { seed: 4 })).toEqual(drawn);
    expect(drawShots(labels, 3, 13, { seed: 5 })).not.toEqual(drawn);
  });

  it('takes more of the others where a class runs out, and no more than there are', () => {
    expect(counts(drawShots(labels, 3, 30))).toEqual([13, 5, 12]);
    expect(drawShots(labels, 3, 100)).toHaveLength(60);
  });

  it('draws with replacement as the paper does, the rest of the last class', () => {
    const drawn = drawShots(labels, 3, 32, { replacement: true });
    expect(counts(drawn)).toEqual([10, 10, 12]);
    expect(new Set(drawn).size).toBeLessThan(32);
  });
});

describe('weightsOfClasses', () => {
  it('counts rare classes more, on average one a row', () => {
    expect(weightsOfClasses('none', [0, 0, 1], 2)).toEqual([1, 1]);
    const weights = weightsOfClasses('balanced', [0, 0, 0, 1], 2);
    expect(weights).toEqual([4 / 6, 2]);
    expect(weightsOfClasses([1, 3], [0], 2)).toEqual([1, 3]);
  });

  it('refuses weights that do not fit the classes', () => {
    expect(() => weightsOfClasses([1], [0, 1], 2)).toThrow(/2 classes.*got 1/);
    expect(() => weightsOfClasses([1, 0], [0, 1], 2)).toThrow(/positive weight/);
  });
});

describe('hasSettled', () => {
  const options = { learned: 0.02, patience: 2, progress: 0.01 };

  it('says so once the rows are learned or progress ends', () => {
    expect(hasSettled([], options)).toBe(false);
    expect(hasSettled([2, 1, 0.5], options)).toBe(false);
    expect(hasSettled([2, 1, 0.02], options)).toBe(true);
    expect(hasSettled([2, 1, 0.999], options)).toBe(false);
    expect(hasSettled([2, 1, 0.999, 1.3], options)).toBe(true);
    expect(hasSettled([2, 1, 1.3, 0.9, 0.95], options)).toBe(false);
  });

  it('goes by whole epochs', () => {
    expect(epochMeans([3, 1, 2, 0, 9], 2)).toEqual([2, 1]);
  });
});

describe('upperLayersOnly', () => {
  it('leaves out the layers below', () => {
    const { exclude_modules: pattern } = upperLayersOnly(
      { config: { num_hidden_layers: 12 } as never },
      10,
    );
    const left = new RegExp(`^(?:${pattern})$`);
    expect(left.test('model.layers.1.mlp.down_proj')).toBe(true);
    expect(left.test('model.layers.2.mlp.down_proj')).toBe(false);
    expect(left.test('model.layers.11.mlp.down_proj')).toBe(false);
    for (const all of [0, 4, 10]) {
      expect(upperLayersOnly({ config: { num_hidden_layers: 4 } as never }, all)).toEqual({});
    }
  });

  it('leaves out what the settings and the method leave out, too', () => {
    const four = { config: { num_hidden_layers: 4 } as never };
    const leftOut = (method: string, settings = {}) => {
      const { exclude_modules: pattern } = upperLayersOnly(four, 1, method, settings);
      const left = new RegExp(`^(?:${pattern})$`);
      const paths = [
        'layers.0.mlp.up_proj',
        'layers.3.mlp.up_proj',
        'layers.3.input_layernorm',
        'norm',
      ];
      return paths.filter((path) => left.test(`model.${path}`));
    };
    expect(leftOut('lora')).toEqual(['layers.0.mlp.up_proj']);
    expect(leftOut('pafi')).toEqual(['layers.0.mlp.up_proj', 'layers.3.input_layernorm', 'norm']);
    expect(leftOut('lora', { exclude_modules: ['up_proj'] })).toEqual([
      'layers.0.mlp.up_proj',
      'layers.3.mlp.up_proj',
    ]);
    expect(leftOut('pafi', { exclude_modules: '.*\\.3\\..*' })).toEqual([
      'layers.0.mlp.up_proj',
      'layers.3.mlp.up_proj',
      'layers.3.input_layernorm',
    ]);
    const once = upperLayersOnly(four, 1, 'pafi');
    expect(upperLayersOnly(four, 1, 'pafi', once)).toEqual(once);
    expect(upperLayersOnly(four, 0, 'pafi', { r: 2 })).toEqual({ r: 2 });
  });
});
