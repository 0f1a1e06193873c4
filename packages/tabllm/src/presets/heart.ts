/** Heart failure prediction (fedesoriano 2021, from five UCI sets). */
import { words } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const heart: Preset = {
  name: 'heart',
  question: 'Does the coronary angiography of this patient show a heart disease? Yes or no?',
  choices: ['No', 'Yes'],
  features: [
    { column: 'Age', name: 'Age of the patient' },
    { column: 'Sex', name: 'Sex of the patient', words: words({ M: 'male', F: 'female' }) },
    {
      column: 'ChestPainType',
      name: 'Chest pain type',
      words: words({
        TA: 'typical angina',
        ATA: 'atypical angina',
        NAP: 'non-anginal pain',
        ASY: 'asymptomatic',
      }),
    },
    { column: 'RestingBP', name: 'Resting blood pressure' },
    { column: 'Cholesterol', name: 'Serum cholesterol' },
    {
      column: 'FastingBS',
      name: 'Fasting blood sugar > 120 mg/dl',
      words: words({ '1': 'yes', '0': 'no' }),
    },
    {
      column: 'RestingECG',
      name: 'Resting electrocardiogram results',
      words: words({
        Normal: 'normal',
        ST: 'ST-T wave abnormality',
        LVH: 'probable or definite left ventricular hypertrophy',
      }),
    },
    { column: 'MaxHR', name: 'Maximum heart rate achieved' },
    {
      column: 'ExerciseAngina',
      name: 'Exercise-induced angina',
      words: words({ Y: 'yes', N: 'no' }),
    },
    { column: 'Oldpeak', name: 'ST depression induced by exercise relative to rest' },
    {
      column: 'ST_Slope',
      name: 'Slope of the peak exercise ST segment',
      words: words({ Up: 'upsloping', Flat: 'flat', Down: 'downsloping' }),
    },
  ],
  permutation: [6, 0, 4, 10, 3, 2, 8, 1, 9, 7, 5],
};
