/** California housing (Pace and Barry 1997); the class is whether the value is above the median. */
import { fixed, whole } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const calhousing: Preset = {
  name: 'calhousing',
  question: 'Is this house block valuable? Yes or no?',
  choices: ['No', 'Yes'],
  features: [
    { column: 'median_income', name: 'median income', words: fixed(4) },
    { column: 'housing_median_age', name: 'median age', words: whole },
    { column: 'total_rooms', name: 'total rooms', words: whole },
    { column: 'total_bedrooms', name: 'total bedrooms', words: whole },
    { column: 'population', name: 'population', words: whole },
    { column: 'households', name: 'households', words: whole },
    { column: 'latitude', name: 'latitude', words: fixed(2) },
    { column: 'longitude', name: 'longitude', words: fixed(2) },
  ],
  permutation: [3, 4, 7, 2, 1, 6, 0, 5],
};
