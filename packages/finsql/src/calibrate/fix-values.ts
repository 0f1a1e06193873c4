import { isIn, type Place } from '../retrieval/values/lookup.ts';
import { keyOf } from '../retrieval/values/units.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { textLiteral } from '../sql/literal.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { type Comparison, textComparisons, textKeys, textsSpelledOut } from './compared-texts.ts';
import type { CalibrationContext, Rule } from './rule.ts';

export const fixValues: Rule = {
  name: 'fix-values',
  summary:
    'A text that the column does not hold becomes the stored one that differs in case, spaces or signs only, or the one of that column that the question spells out.',
  when: 'empty',
  apply(sql, context) {
    const tokens = tokenizeSql(sql);
    const said = textKeys(tokens);
    const edits = textComparisons(tokens, context.schema).flatMap((comparison) =>
      comparison.texts.flatMap((at): Edit[] => {
        const text = tokens[at]?.value ?? '';
        const { owner, column } = comparison;
        const stored =
          context.values.spelling(owner.name, column, text) ??
          spelledOut(context, comparison, text, said);
        return stored === undefined ? [] : [{ at, text: textLiteral(stored) }];
      }),
    );
    return applyEdits(sql, tokens, edits);
  },
};

/**
 * The only stored text of the column that the question spells out and the statement does not ask for: a
 * small model doubles a character of it, or leaves one out. Not where the question itself has the text.
 */
function spelledOut(
  { question = '', values }: CalibrationContext,
  comparison: Comparison,
  text: string,
  said: readonly string[],
): string | undefined {
  const { owner, column } = comparison;
  const isHere = (place: Place) => isIn(place, owner.name, column);
  if (keyOf(question).includes(keyOf(text)) || values.holders(text).some(isHere)) return undefined;
  const meant = textsSpelledOut(values.find(question), comparison).filter(
    (value) => !said.includes(keyOf(value)),
  );
  return meant.length === 1 ? meant[0] : undefined;
}
