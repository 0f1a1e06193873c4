/** Car evaluation (Bohanec and Rajkovič 1988). */
import { words } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const car: Preset = {
  name: 'car',
  question:
    'How would you rate the decision to buy this car? Unacceptable, acceptable, good or very good?',
  choices: ['Unacceptable', 'Acceptable', 'Good', 'Very good'],
  features: [
    { column: 'buying', name: 'Buying price', words: words({ vhigh: 'very high', med: 'medium' }) },
    {
      column: 'doors',
      name: 'Doors',
      words: words({ '2': 'two', '3': 'three', '4': 'four', '5more': 'five or more' }),
    },
    {
      column: 'maint',
      name: 'Maintenance costs',
      words: words({ vhigh: 'very high', med: 'medium' }),
    },
    {
      column: 'persons',
      name: 'Persons',
      words: words({ '2': 'two', '4': 'four', more: 'more than four' }),
    },
    { column: 'safety_dict', name: 'Safety score', words: words({ med: 'medium' }) },
    { column: 'lug_boot', name: 'Trunk size', words: words({ med: 'medium' }) },
  ],
  permutation: [4, 0, 5, 1, 2, 3],
};
