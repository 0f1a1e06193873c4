import type { Sentences } from '@quaestor/finsql/wording';
import type { InputProblem } from './input-problems.ts';

export const english: Sentences<InputProblem> = {
  'upload-or-labelling': () => 'give either upload or labelling',
  'no-target': () => 'target is missing: column to predict',
  'not-with': ({ field, other }) => `${field} does not go with ${other}`,
  'classifier-with-labelling': () => 'classifier does not go with labelling: upload the table',
  'no-column': ({ field, name, columns }) =>
    `params.${field} ${name} is no column; there are: ${columns.join(', ')}`,
  'unknown-feature': ({ name }) => `features: ${name} is no column`,
  'target-as-feature': () => 'features: the target cannot tell of itself',
  'unknown-group': ({ name }) => `group: ${name} is no column`,
  'target-as-group': () => 'group: the target cannot tell which rows belong together',
  'class-with-comma': ({ name }) =>
    `classes: ${name} has a comma, which only labels that stand in the column may have`,
  'no-features': () => 'features: no other column says anything about a row',
  'too-few-classes': ({ target, only }) =>
    `classes: name at least two; ${target} has ${only ?? 'no labels'}`,
  'too-many-classes': ({ target, classes, most }) =>
    `target: ${target} has ${classes} different labels, at most ${most} can be told apart; is it an identifier?`,
  'threshold-without-two-classes': () => 'threshold: is for two classes',
  'no-row': ({ row, rows }) => `row ${row}: there are ${rows}`,
  'no-number': ({ row, label, example }) =>
    `row ${row}: ${label} is no number of this column; write it like ${example}`,
  'no-class': ({ row, label, classes }) =>
    `row ${row}: ${label} is no class; there are: ${classes.join(', ')}`,
  'no-such-kind': ({ kind, kinds }) => `There are no ${kind} jobs; there are: ${kinds.join(', ')}`,
};
