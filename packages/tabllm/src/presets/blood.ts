/** Blood transfusion service centre (Yeh et al. 2008). */
import { whole } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const blood: Preset = {
  name: 'blood',
  question: 'Did the person donate blood? Yes or no?',
  choices: ['No', 'Yes'],
  features: [
    { column: 'recency', name: 'Recency - months since last donation', words: whole },
    { column: 'frequency', name: 'Frequency - total number of donation', words: whole },
    { column: 'monetary', name: 'Monetary - total blood donated in c.c.', words: whole },
    { column: 'time', name: 'Time - months since first donation', words: whole },
  ],
  permutation: [3, 2, 0, 1],
};
