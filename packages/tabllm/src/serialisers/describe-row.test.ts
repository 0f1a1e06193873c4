import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { describeRow } from './describe-row.ts';
import { humanName } from './human-name.ts';

describe('humanName', () => {
  it.each([
    ['hours_per_week', 'hours per week', ''],
    ['DiabetesPedigreeFunction', 'diabetes pedigree function', ''],
    ['BMI', 'BMI', ''],
    ['Weight (kg)', 'weight', 'kg'],
    ['净资产（亿元）', '净资产', '亿元'],
    ['loan_amount_usd', 'loan amount', 'USD'],
    ['g', 'g', ''],
    ['maxHR', 'max HR', ''],
    ['___', '___', ''],
  ])('%s', (header, name, unit) => {
    expect(humanName(header)).toEqual({ name, unit });
  });
});

describe('describeRow', () => {
  const columns = [
    'customer_id',
    'bmi',
    'amount',
    'share',
    'joined',
    'active',
    'plan',
    'weight_kg',
    'same',
  ];
  const rows = Array.from({ length: 30 }, (_, i) => [
    `c${i}`,
    `${20 + i}.5`,
    `$${i + 1},250.00`,
    `${i} %`,
    `2021-03-${String(i + 1).padStart(2, '0')}`,
    i % 2 ? 'Yes' : 'No',
    i % 3 ? 'basic' : ' gold ',
    i === 4 ? '' : `${70 + i}.0`,
    'x',
  ]);
  const say = describeRow(inferSchema(columns, rows));
  const spoken = (index: number) =>
    say(rows[index] as string[]).map(({ name, value }) => `${name}: ${value}`);

  it('words numbers, money, dates and yes or no; leaves out identifiers and constants', () => {
    expect(spoken(3)).toEqual([
      'bmi: 23.5',
      'amount: 4250 USD',
      'share: 3 %',
      'joined: 4 March 2021',
      'active: yes',
      'plan: gold',
      'weight: 73 kg',
    ]);
  });

  it('says numbers that a few decimals do not show by their leading digits', () => {
    const shares = ['0.5', '0.25', '1.125', '0.00001', '-0.00002'].map((share) => [share]);
    const tell = describeRow(inferSchema(['share'], shares));
    const said = shares.map((row) => tell(row)[0]?.value);
    expect(said.slice(3)).toEqual(['0.00001000', '-0.00002000']);
  });

  it('words a time of day as one, midnight too', () => {
    const times = Array.from({ length: 30 }, (_, i) => [`${i % 12 || 12}:0${i % 10} AM`]);
    const sayTime = describeRow(inferSchema(['opens'], times));
    expect(sayTime(['2:30 PM'])).toEqual([{ name: 'opens', value: '14:30' }]);
    expect(sayTime(['12:00 AM'])).toEqual([{ name: 'opens', value: '00:00' }]);
  });

  it('keeps missing cells apart', () => {
    expect(say(rows[4] as string[]).at(-1)).toEqual({ name: 'weight', value: null });
  });

  it('says a cell that does not fit its column as it stands', () => {
    expect(
      say(['c', 'high', '', '', 'soon', 'perhaps', '', '', '']).map(({ value }) => value),
    ).toEqual(['high', null, null, 'soon', 'perhaps', null, null]);
  });

  it('takes names that are known better', () => {
    const named = describeRow(inferSchema(columns, rows), new Map([['bmi', 'Body mass index']]));
    expect(named(rows[0] as string[])[0]).toEqual({ name: 'Body mass index', value: '20.5' });
  });
});
