/**
 * Bank marketing (Moro et al. 2011). Slip of the paper: its template misspells the column `campaign`,
 * so the number of contacts is always blank.
 */
import { whole, words } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const bank: Preset = {
  name: 'bank',
  question: 'Does this client subscribe to a term deposit? Yes or no?',
  choices: ['No', 'Yes'],
  features: [
    { column: 'age', name: 'age', words: whole },
    { column: 'job', name: 'type of job' },
    { column: 'marital', name: 'marital status' },
    { column: 'education', name: 'education' },
    { column: 'default', name: 'has credit in default?' },
    { column: 'balance', name: 'average yearly balance, in euros', words: whole },
    { column: 'housing', name: 'has housing loan?' },
    { column: 'loan', name: 'has personal loan?' },
    { column: 'contact', name: 'contact communication type' },
    { column: 'day', name: 'last contact day of the month', words: whole },
    { column: 'month', name: 'last contact month of year' },
    { column: 'duration', name: 'last contact duration, in seconds', words: whole },
    { column: null, name: 'number of contacts performed during this campaign and for this client' },
    {
      column: 'pdays',
      name: 'number of days that passed by after the client was last contacted from a previous campaign',
      words: words(
        {
          '-1.0': 'client was not previously contacted',
          '-1': 'client was not previously contacted',
        },
        whole,
      ),
    },
    {
      column: 'previous',
      name: 'number of contacts performed before this campaign and for this client',
      words: whole,
    },
    { column: 'poutcome', name: 'outcome of the previous marketing campaign' },
  ],
  permutation: [13, 10, 3, 14, 7, 15, 11, 0, 5, 4, 12, 6, 8, 2, 9, 1],
};
