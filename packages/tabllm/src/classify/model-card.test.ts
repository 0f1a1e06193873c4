import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { fitTable } from './fit-table.ts';
import { modelCard } from './model-card.ts';

const random = seededRandom(6);
const sizes = Array.from({ length: 40 }, () => random.normal());
const rows = sizes.map((size) => [size.toFixed(3)]);
const card = async (labels: readonly string[]) =>
  modelCard(
    await fitTable({
      columns: ['size'],
      target: 'kind',
      rows: rows.slice(0, labels.length),
      labels,
      trees: 5,
    }),
    { held: null, date: '2025-01-01' },
  );

describe('a model card', () => {
  it('says what probabilities are calibrated by', async () => {
    const kinds = sizes.map((size) => (size > 0 ? 'large' : 'small'));
    expect(await card(kinds.slice(0, 6))).toContain(
      'Calibration: by what is usual of so few labels; 4 of each class tell more.',
    );
    expect(await card(kinds)).toContain('Calibration: platt.');
  });

  it('says how far intervals reach below and above', async () => {
    const prices = sizes.map((size) => (100 * Math.exp(size + random.normal())).toFixed(2));
    expect(await card(prices)).toMatch(
      /90 % interval: (− [\d.]+ \+ [\d.]+ where up to [\d.]+ is predicted, ){4}− [\d.]+ \+ [\d.]+ above, conformal\./,
    );
  });
});
