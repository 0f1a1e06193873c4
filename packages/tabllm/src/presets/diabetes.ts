/** Pima Indians diabetes (Smith et al. 1988). */
import { fixed, whole } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const diabetes: Preset = {
  name: 'diabetes',
  question: 'Does this patient have diabetes? Yes or no?',
  choices: ['No', 'Yes'],
  features: [
    { column: 'Age', name: 'Age', words: whole },
    { column: 'Pregnancies', name: 'Number of times pregnant', words: whole },
    { column: 'BloodPressure', name: 'Diastolic blood pressure', words: whole },
    { column: 'SkinThickness', name: 'Triceps skin fold thickness', words: whole },
    {
      column: 'Glucose',
      name: 'Plasma glucose concentration at 2 hours in an oral glucose tolerance test (GTT)',
      words: whole,
    },
    { column: 'Insulin', name: '2-hour serum insulin', words: whole },
    { column: 'BMI', name: 'Body mass index', words: fixed(1) },
    { column: 'DiabetesPedigreeFunction', name: 'Diabetes pedigree function', words: fixed(3) },
  ],
  permutation: [4, 7, 6, 2, 0, 3, 1, 5],
};
