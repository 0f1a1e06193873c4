/**
 * German credit (Hofmann, Statlog). Slips of the paper: the wording of `employment` is never used, so
 * its codes are printed (`>=7`), and the number of dependents keeps its decimal (`1.0`).
 */
import { whole, words } from './cell-words.ts';
import type { Preset } from './preset.ts';

export const creditg: Preset = {
  name: 'creditg',
  question: 'Does this person receive a credit? Yes or no?',
  choices: ['No', 'Yes'],
  features: [
    {
      column: 'checking_status',
      name: 'Status of existing checking account',
      words: words({
        '<0': '< 0 DM',
        '0<=X<200': '0 <= ... < 200 DM',
        '>=200': '>= 200 DM',
        'no checking': 'no checking account',
      }),
    },
    { column: 'duration', name: 'Duration in month', words: whole },
    {
      column: 'credit_history',
      name: 'Credit history ',
      words: words({
        'no credits/all paid': 'no credits taken/ all credits paid back duly',
        'all paid': 'all credits at this bank paid back duly',
        'existing paid': 'existing credits paid back duly till now',
        'delayed previously': 'delay in paying off in the past',
        'critical/other existing credit':
          'critical account/ other credits existing (not at this bank)',
      }),
    },
    {
      column: 'purpose',
      name: 'Purpose',
      words: words({
        'new car': 'car (new)',
        'used car': 'car (used)',
        'radio/tv': 'radio/television',
        'domestic appliance': 'domestic appliances',
        other: 'others',
      }),
    },
    { column: 'credit_amount', name: 'Credit amount', words: whole },
    {
      column: 'savings_status',
      name: 'Savings account/bonds',
      words: words({
        '<100': '... < 100 DM',
        '100<=X<500': '100 <= ... < 500 DM',
        '500<=X<1000': '500 <= ... < 1000 DM',
        '>=1000': '... >= 1000 DM',
        'no known savings': 'unknown/ no savings account',
      }),
    },
    { column: 'employment', name: 'Present employment since' },
    {
      column: 'installment_commitment',
      name: 'Installment rate in percentage of disposable income',
      words: whole,
    },
    {
      column: 'personal_status',
      name: 'Personal status and sex',
      words: words({
        'female div/dep/mar': 'female : divorced/separated/married',
        'male div/sep': 'male : divorced/separated',
        'male mar/wid': 'male : married/widowed',
        'male single': 'male : single',
      }),
    },
    {
      column: 'other_parties',
      name: 'Other debtors / guarantors',
      words: words({ 'co applicant': 'co-applicant' }),
    },
    { column: 'residence_since', name: 'Present residence since', words: whole },
    {
      column: 'property_magnitude',
      name: 'Property',
      words: words({
        car: 'car or other, not in attribute 6',
        'life insurance': 'building society savings agreement/ life insurance',
        'no known property': 'unknown / no property',
      }),
    },
    { column: 'age', name: 'Age in years', words: whole },
    { column: 'other_payment_plans', name: 'Other installment plans' },
    { column: 'housing', name: 'Housing' },
    { column: 'existing_credits', name: 'Number of existing credits at this bank', words: whole },
    {
      column: 'job',
      name: 'Job',
      words: words({
        'high qualif/self emp/mgmt':
          'management/ self-employed/ highly qualified employee/ officer',
        skilled: 'skilled employee / official',
        'unemp/unskilled non res': 'unemployed/ unskilled - non-resident',
        'unskilled resident': 'unskilled - resident',
      }),
    },
    { column: 'num_dependents', name: 'Number of people being liable to provide maintenance for' },
    {
      column: 'own_telephone',
      name: 'Telephone',
      words: words({ yes: 'yes, registered under the customers name' }),
    },
    { column: 'foreign_worker', name: 'foreign worker' },
  ],
  permutation: [16, 18, 19, 14, 10, 6, 2, 9, 5, 12, 11, 1, 7, 3, 13, 0, 15, 8, 17, 4],
};
