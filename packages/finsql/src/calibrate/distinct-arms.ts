import { keyOf } from '../retrieval/values/units.ts';
import { fold } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { textLiteral } from '../sql/literal.ts';
import { topLevel } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { textComparisons, textsSpelledOut } from './compared-texts.ts';
import type { Rule } from './rule.ts';

/** "Held by both A and B" is written as what A holds, and what A holds. */
export const distinctArms: Rule = {
  name: 'distinct-arms',
  summary:
    'Of two equal queries that are set against each other the second asks for the other text that the question spells out.',
  when: 'always',
  apply(sql, { schema, values, question = '' }) {
    const tokens = tokenizeSql(sql);
    const word = topLevel(tokens, /^(?:union|intersect|except)$/);
    if (word === undefined) return sql;
    const second = fold(tokens[word + 1]?.text ?? '') === 'all' ? word + 2 : word + 1;
    const [one, other] = [tokens.slice(0, word), tokens.slice(second)];
    if (one.map(({ text }) => text).join(' ') !== other.map(({ text }) => text).join(' '))
      return sql;
    const mentions = values.find(question);
    const changes = textComparisons(tokens, schema).flatMap((comparison) => {
      const { reference, texts } = comparison;
      const [at, ...more] = texts;
      if (at === undefined || at < second || more.length > 0 || reference.at < second) return [];
      const said = keyOf(tokens[at]?.value ?? '');
      const spelled = textsSpelledOut(mentions, comparison);
      const [unsaid, ...others] = spelled.filter((value) => keyOf(value) !== said);
      const isNamed = spelled.some((value) => keyOf(value) === said);
      const isClear = others.length === 0 && isNamed;
      return unsaid !== undefined && isClear ? [{ at, text: textLiteral(unsaid) }] : [];
    });
    return changes.length === 1 ? applyEdits(sql, tokens, changes) : sql;
  },
};
