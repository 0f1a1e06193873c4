import type { Earlier } from '../follow-up.ts';
import { hasThings, isList, listed } from '../listed-things.ts';
import { type ValueMention, type Vocabulary, valueMentions } from '../mentions.ts';
import type { FollowUpRule } from '../rule.ts';
import { asks, readSentence, withClause } from '../sentence.ts';
import { soleThing } from '../sole-thing.ts';

const POSSESSIVE =
  /\b(?:its|his|her|their)\b(?! own)|\b(?:this|that|the same) (?:company|fund|bank|firm|person|manager|one)'s\b/iu;
/** What a noun of several words is said behind. */
const OF_IT = /^((?:what|who|where|when) (?:is|are|was|were) )(?:its|his|her) ([\p{L} -]+)$/iu;
const SINGLE =
  /\b(?:it|him|he|she|(?:this|that|the same) (?:company|fund|bank|firm|person|manager|bond|index|country|one))\b/iu;
const MANY = /\b(?:they|them|their|these|those)\b/i;
/** Where a noun before it in the question is not what it stands for. */
const OTHER_NOUN = /\b(?:(?:do|does|did|are|were) \p{L}+|(?:of|among) (?:them|these|those))$/iu;
/** A noun that the question itself brings for its pronoun. */
const OWN_NOUN = /\b(?:which|each|every|any|all|no|for|whose)\s+\p{L}+[^?]*$/iu;
const HAN_SINGLE =
  /它的?(?!们)|[他她]的?(?!们)|(?:该|这家|这只|这个|那家|那只)(?:公司|基金|银行|经理|人|企业)?/u;
const HAN_MANY = /它们|他们|她们|这些(?:公司|基金|银行|经理|人|企业)?/u;

/**
 * `What was the revenue of Haldane Electronics?` + `Where is it based?` → `Where is Haldane Electronics
 * based?`; after a list, `Which funds are open, and what are their fees?`
 */
export const resolvePronoun: FollowUpRule = {
  name: 'resolve-pronoun',
  summary: 'It, its, they and their said by name, or in one sentence with what they stand for.',
  apply({ rest, text, han }, earlier, vocabulary) {
    if (!asks(rest) || han !== earlier.han) return undefined;
    const question = /\b(?:and|but|so|then|also)\b,? /i.exec(text)?.index === 0 ? rest : text;
    const name = soleName(earlier, vocabulary)?.text ?? soleThing(earlier);
    const single = han ? HAN_SINGLE : SINGLE;
    const own = valueMentions(question, vocabulary).length > 0;
    const pronoun = (han ? HAN_MANY : MANY).exec(question) ?? undefined;
    if (name !== undefined && !own) {
      const resolved = han
        ? question.replace(single, (match) => (match.endsWith('的') ? `${name}的` : name))
        : named(question, name);
      if (resolved !== question) return resolved + (han ? '？' : '?');
    }
    if (pronoun === undefined) return undefined;
    const lead = question.slice(0, pronoun.index);
    if (OWN_NOUN.test(lead) || /[,，和与及]|\band\b/iu.test(lead)) return undefined;
    // `Show the funds with their fees`; not `How many employees do they have?`
    if (!han && hasThings(readSentence(lead)) && !OTHER_NOUN.test(lead + pronoun[0]))
      return undefined;
    const list = isList(earlier) ? earlier.question : listed(earlier);
    if (list === undefined) return undefined;
    return withClause(readSentence(list), han ? question : `and ${lowerFirst(question)}`);
  },
};

function named(question: string, name: string): string {
  const [, lead, what] = OF_IT.exec(question) ?? [];
  if (what !== undefined && name.startsWith('the ')) return `${lead}the ${what} of ${name}`;
  for (const [pattern, by] of [
    [POSSESSIVE, `${name}'s`],
    [SINGLE, name],
  ] as const) {
    const match = pattern.exec(question);
    if (match === null || OWN_NOUN.test(question.slice(0, match.index))) continue;
    return question.slice(0, match.index) + by + question.slice(match.index + match[0].length);
  }
  return question;
}

/** The one name that the question before is about; undefined where there are several, or none. */
function soleName(earlier: Earlier, vocabulary: Vocabulary): ValueMention | undefined {
  const names = valueMentions(earlier.body, vocabulary).filter(({ columns }) =>
    columns.some((key) => /name|title/.test(key)),
  );
  return names.length === 1 ? names[0] : undefined;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
