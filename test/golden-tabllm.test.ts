/** The texts of the TabLLM paper, letter by letter, slips included. */
import { readFileSync } from 'node:fs';
import { findSerialiser, paperExact, presetFields, presets } from '@quaestor/tabllm';
import { describe, expect, it } from 'vitest';

const LAYOUTS = ['text-template', 'list-template', 'values-only', 'permuted-names'] as const;

interface Golden {
  readonly columns: readonly string[];
  readonly items: readonly ({ readonly cells: readonly string[] } & Readonly<
    Record<(typeof LAYOUTS)[number], string>
  >)[];
}

const names = ['bank', 'blood', 'calhousing', 'car', 'creditg', 'income', 'jungle'];

describe.each(names)('%s', (name) => {
  const golden = JSON.parse(
    readFileSync(new URL(`golden/tabllm/${name}.json`, import.meta.url), 'utf8'),
  ) as Golden;
  const preset = presets.get(name);
  if (!preset) throw new Error(`no preset ${name}`);

  it.each(LAYOUTS)('%s', (layout) => {
    const write = paperExact(preset, golden.columns, layout);
    expect(golden.items.map(({ cells }) => write(cells))).toEqual(
      golden.items.map((item) => item[layout]),
    );
  });
});

describe('tables whose rows are not kept here', () => {
  it.each([
    [
      'heart',
      'Age,Sex,ChestPainType,RestingBP,Cholesterol,FastingBS,RestingECG,MaxHR,ExerciseAngina,Oldpeak,ST_Slope',
      '61,F,TA,145,233,1,LVH,150,Y,0.0,Down',
      'The Age of the patient is 61. The Sex of the patient is female. The Chest pain type is typical angina. The Resting blood pressure is 145. The Serum cholesterol is 233. The Fasting blood sugar > 120 mg/dl is yes. The Resting electrocardiogram results is probable or definite left ventricular hypertrophy. The Maximum heart rate achieved is 150. The Exercise-induced angina is yes. The ST depression induced by exercise relative to rest is 0.0. The Slope of the peak exercise ST segment is downsloping.',
    ],
    [
      'diabetes',
      'Pregnancies,Glucose,BloodPressure,SkinThickness,Insulin,BMI,DiabetesPedigreeFunction,Age',
      '3,101,71,24,0,29,0.5,44',
      'The Age is 44. The Number of times pregnant is 3. The Diastolic blood pressure is 71. The Triceps skin fold thickness is 24. The Plasma glucose concentration at 2 hours in an oral glucose tolerance test (GTT) is 101. The 2-hour serum insulin is 0. The Body mass index is 29.0. The Diabetes pedigree function is 0.500.',
    ],
  ])('%s, an invented row', (name, columns, cells, text) => {
    const preset = presets.get(name);
    if (!preset) throw new Error(`no preset ${name}`);
    expect(paperExact(preset, columns.split(','))(cells.split(','))).toBe(text);
  });
});

describe('a preset in the other layouts', () => {
  const preset = presets.get('car');
  if (!preset) throw new Error('no preset car');
  const columns = ['buying', 'maint', 'doors', 'persons', 'lug_boot', 'safety_dict'];
  const fields = presetFields(preset, columns);
  const rows = ['vhigh,vhigh,2,2,small,low', 'low,med,5more,4,big,high'].map((row) =>
    fields(row.split(',')),
  );

  it('json', () => {
    expect(findSerialiser('json').prepare({})(rows[0] ?? [])).toBe(
      '{"Buying price": "very high", "Doors": "two", "Maintenance costs": "very high", "Persons": "two", "Safety score": "low", "Trunk size": "small"}',
    );
  });

  it('permuted-values exchanges the two values of each column', () => {
    const write = findSerialiser('permuted-values').prepare({ sample: rows });
    expect(write(rows[0] ?? [])).toBe(findSerialiser('list-template').prepare({})(rows[1] ?? []));
  });
});
