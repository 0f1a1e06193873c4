import { describe, expect, it } from 'vitest';
import { fitTable } from './fit-table.ts';
import { hiddenQuantity, likeQuantity, quantityFormat } from './target-numbers.ts';

const of = (labels: readonly string[]) => ({
  target: 'amount',
  labels,
  rowNumbers: labels.map((_, i) => 2 * i + 1),
});
const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(7 * i));

describe('a quantity that is asked for', () => {
  it('says which labels are no numbers, the first of them with their rows', () => {
    const labels = [...numbers(41), 'n.k.', 'about 5', '5?', 'none'];
    expect(() => quantityFormat(of(labels), 'quantity')).toThrow(
      "Column amount is not a quantity: 4 of 45 labels are no numbers: row 83 'n.k.', row 85 'about 5', row 87 '5?', ….",
    );
    expect(() => quantityFormat(of([]), 'quantity')).toThrow(/it has no labels/);
    expect(() => quantityFormat(of(['(1)', '(2)']), 'quantity')).toThrow(
      "2 of 2 labels are no numbers: row 1 '(1)', row 3 '(2)'.",
    );
    expect(() => quantityFormat(of(['$1', '$2', '3 €']), 'quantity')).toThrow("row 5 '3 €'");
  });

  it('may be money with its minus in any place', () => {
    for (const labels of [
      ['($1,200.00)', '$5.00'],
      ['EUR -1,200.00', 'EUR 5.00'],
      ['\u22121200.00', '5.00'],
    ]) {
      expect(quantityFormat(of(labels), 'quantity'), labels[0]).not.toBeNull();
    }
  });
});

describe('money and percentages', () => {
  const labels = Array.from({ length: 16 }, (_, i) => `${98 + 7 * i}.500 €`);

  it('are a quantity where whole numbers are classes', () => {
    expect(quantityFormat(of(labels), 'auto')).toMatchObject({ decimal: ',', group: '.' });
    expect(quantityFormat(of(numbers(16).map((one) => `${one}%`)), 'auto')).not.toBeNull();
    expect(quantityFormat(of(numbers(16)), 'auto')).toBeNull();
  });

  it('of a few labels are classes, and asked about', () => {
    expect(quantityFormat(of(labels.slice(0, 4)), 'auto')).toBeNull();
    expect(likeQuantity(of(labels.slice(0, 4)))[0]?.en).toContain('is it a quantity?');
    expect(likeQuantity(of(['5%', '10%', '5%', '10%']))).toEqual([]);
  });
});

describe('dates as a target', () => {
  const columns = ['size'];
  const learn = (labels: readonly string[], task: 'auto' | 'quantity') =>
    fitTable({ columns, target: 'due', rows: labels.map((_, i) => [`${i}`]), labels, task });

  it('are told, with what to give in their place', async () => {
    const days = Array.from({ length: 60 }, (_, i) => `2024-0${1 + (i % 9)}-${10 + (i % 17)}`);
    const said = /dates, which cannot be predicted: give the days since a date in their place\.$/;
    await expect(learn(days, 'auto')).rejects.toThrow(
      /different labels;.*identifier\? Its labels are dates/,
    );
    await expect(learn(days, 'auto')).rejects.toThrow(said);
    await expect(learn(days, 'quantity')).rejects.toThrow(said);
    const times = days.map((_, i) => `${10 + (i % 7)}:${10 + (i % 50)}`);
    await expect(learn(times, 'quantity')).rejects.toThrow(/give the minutes since midnight/);
  });
});

describe('classes that are numbers', () => {
  it('are told where nearly each label is another one', () => {
    expect(likeQuantity(of(numbers(45)))).toEqual([
      {
        en: 'amount has 45 labels, 45 different numbers: is it a quantity? Then give --task quantity',
        zh: expect.stringContaining('45 个不同的数字'),
      },
    ]);
    expect(likeQuantity(of([...numbers(40), 'soon']))[0]?.en).toBe(
      "amount has 41 labels, 40 different numbers: is it a quantity? Then give --task quantity. 1 of 41 labels are no numbers: row 81 'soon'",
    );
    expect(likeQuantity(of([...numbers(12), ...numbers(12)]))).toEqual([]);
    expect(likeQuantity(of(['1', '2', '3']))).toEqual([]);
    expect(likeQuantity(of(numbers(45).map((cell) => `class ${cell}`)))).toEqual([]);
  });

  it('are told when a table is learned, unless classes are asked for', async () => {
    const rows = numbers(20).map((cell) => [cell]);
    const table = { columns: ['size'], target: 'amount', rows, labels: numbers(20), trees: 2 };
    const told = async (task: 'auto' | 'classes') =>
      (await fitTable({ ...table, task })).warnings.some(({ en }) =>
        en.includes('--task quantity'),
      );
    expect([await told('auto'), await told('classes')]).toEqual([true, false]);
  });

  it('are told of by what is no number, where they are too many', async () => {
    const labels = [...numbers(60), 'soon', ' ', 'later'];
    const rows = labels.map((_, i) => [String(i)]);
    const table = { columns: ['size'], target: 'amount', rows, labels, trees: 2 };
    const rowNumbers = labels.map((_, i) => i + 1);
    await expect(fitTable({ ...table, rowNumbers })).rejects.toThrow(
      "62 different labels; at most 50 classes can be told apart. Is it a quantity or an identifier? 2 of 62 labels are no numbers: row 61 'soon', row 63 'later'.",
    );
    expect(hiddenQuantity(of(['a', 'b', '3']))).toBeNull();
    expect(hiddenQuantity(of(numbers(3)))).toBeNull();
  });
});
