import { describe, expect, it } from 'vitest';
import { wordOrder } from './word-order.ts';

const inOrder = (values: readonly string[]) => {
  const order = wordOrder(values);
  return order && [...order].sort((a, b) => a[1] - b[1]).map(([value]) => value);
};

describe('wordOrder', () => {
  it.each([
    [['high', 'low', 'med', 'vhigh'], 'low med high vhigh'],
    [['Big', 'small', 'Medium'], 'small Medium Big'],
    [['>=200', '<0', '0<=X<200', 'no checking'], '<0 0<=X<200 >=200'],
    [['5more', '2', '4', '3'], '2 3 4 5more'],
    [['more', '4', '2'], '2 4 more'],
    [['HS-grad', '11th', 'Doctorate', '9th', 'Bachelors'], '9th 11th HS-grad Bachelors Doctorate'],
    [['1,000 or more', '100-999', '<100'], '<100 100-999 1,000 or more'],
    [['高', '低', '中'], '低 中 高'],
    [['hoch', 'mittel', 'niedrig'], 'niedrig mittel hoch'],
    [['硕士', '大专', '本科', '高中'], '高中 大专 本科 硕士'],
    [['BB+', 'AAA', 'D', 'BBB-', 'A'], 'AAA A BBB- BB+ D'],
    [['Baa1', 'Aaa', 'Ba3', 'A2'], 'Aaa A2 Baa1 Ba3'],
    [['B2', 'A5', 'C1', 'B1'], 'A5 B1 B2 C1'],
    [['F1', 'F3', 'F0'], 'F0 F1 F3'],
    [['positive', 'negative', 'stable'], 'negative stable positive'],
  ])('%j', (values, expected) => {
    expect(inOrder(values)?.join(' ')).toBe(expected);
  });

  it.each([
    [['red', 'green', 'blue']],
    [['yes', 'no']],
    [['low', 'high']],
    [['A', 'B', 'C', 'D']],
    [['Paris', 'low', 'Rome', 'high', 'Bonn', 'med', 'Oslo']],
    [['__proto__', 'constructor', 'toString']],
    [[]],
  ])('sees none in %j', (values) => {
    expect(wordOrder(values)).toBeNull();
  });

  it('leaves out words that have no place', () => {
    expect(wordOrder(['low', 'medium', 'high', 'unknown'])?.has('unknown')).toBe(false);
  });
});
