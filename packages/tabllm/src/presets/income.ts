/**
 * Adult census income (Becker and Kohavi 1996). Slip of the paper: its wording of South Korea never
 * fires, so the country is `South`.
 */
import { words } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const income: Preset = {
  name: 'income',
  question: 'Does this person earn more than 50000 dollars per year? Yes or no?',
  choices: ['No', 'Yes'],
  features: [
    { column: 'age', name: 'Age' },
    { column: 'race', name: 'Race', words: words({ Other: '' }) },
    { column: 'sex', name: 'Sex' },
    {
      column: 'marital_status',
      name: 'Marital status',
      words: words({
        'Married-civ-spouse': 'married',
        'Married-spouse-absent': 'married',
        'Married-AF-spouse': 'married',
        'Never-married': 'never married',
        Divorced: 'divorced',
        Separated: 'separated',
        Widowed: 'widowed',
      }),
    },
    { column: 'relationship', name: 'Relation to head of the household' },
    {
      column: 'native_country',
      name: 'Native country',
      words: words({
        'United-States': 'United States',
        'Outlying-US(Guam-USVI-etc)': 'United States',
      }),
    },
    {
      column: 'occupation',
      name: 'Occupation',
      words: words({
        'Tech-support': 'technology and support sector',
        'Craft-repair': 'craft and repair sector',
        'Other-service': 'service sector',
        Sales: 'sales sector',
        'Exec-managerial': 'execution and management',
        'Prof-specialty': 'professional specialty',
        'Handlers-cleaners': 'cleaning and maintenance sector',
        'Machine-op-inspct': 'machine operator and inspector',
        'Adm-clerical': 'office and administrative support',
        'Farming-fishing': 'agriculture, forestry, and fisheries sector',
        'Transport-moving': 'transportation, communication, and other public utilities sector',
        'Priv-house-serv': 'private household',
        'Protective-serv': 'protective services sector',
        'Armed-Forces': 'armed forces',
      }),
    },
    {
      column: 'workclass',
      name: 'Work class',
      words: words({
        Private: 'private sector employee',
        'Local-gov': 'local government',
        'State-gov': 'state government',
        'Federal-gov': 'federal government',
        'Self-emp-not-inc': 'owner of a non-incorporated business, professional practice, or farm',
        'Self-emp-inc': 'owner of a incorporated business, professional practice, or farm',
        'Without-pay': 'without pay in a for-profit family business or farm',
        'Never-worked': 'never worked',
      }),
    },
    { column: 'capital_gain', name: 'Capital gain last year' },
    { column: 'capital_loss', name: 'Capital loss last year' },
    {
      column: 'education',
      name: 'Education',
      words: words({
        Doctorate: 'doctoral degree',
        'Prof-school': 'professional degree',
        Masters: "master's degree",
        Bachelors: "bachelor's degree",
        'Assoc-acdm': "associate's degree",
        'Assoc-voc': 'college for one or more years without a degree',
        'Some-college': 'college for less than one year',
        'HS-grad': 'high school graduate',
        '12th': 'finished 12th class without diploma',
        '11th': 'finished 11th class',
        '10th': 'finished 10th class',
        '9th': 'finished 9th class',
        '7th-8th': 'finished 8th class',
        '5th-6th': 'finished 6th class',
        '1st-4th': 'finished 4th class',
        Preschool: 'no schooling',
      }),
    },
    { column: 'hours_per_week', name: 'Work hours per week' },
  ],
  permutation: [7, 6, 11, 0, 8, 1, 4, 10, 3, 5, 2, 9],
};
