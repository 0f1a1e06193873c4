/** Endgames of Jungle Chess with two pieces (van Rijn and Vis 2014). */
import { whole } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const jungle: Preset = {
  name: 'jungle',
  question: 'Does the white player win this two pieces endgame of Jungle Chess? Yes or no?',
  choices: ['No', 'Yes'],
  features: [
    { column: 'white_piece0_strength', name: 'white piece strength', words: whole },
    { column: 'white_piece0_file', name: 'white piece file', words: whole },
    { column: 'white_piece0_rank', name: 'white piece rank', words: whole },
    { column: 'black_piece0_strength', name: 'black piece strength', words: whole },
    { column: 'black_piece0_file', name: 'black piece file', words: whole },
    { column: 'black_piece0_rank', name: 'black piece rank', words: whole },
  ],
  permutation: [3, 4, 1, 0, 5, 2],
};
