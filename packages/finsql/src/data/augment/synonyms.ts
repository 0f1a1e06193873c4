/**
 * The same question in other words, by rules: openings, comparisons, orders, plain synonyms. What the
 * statement compares with (texts, numbers) and what stands in quotes is never touched.
 */
import type { Random } from '@quaestor/peft';
import { tokenizeSql } from '../../sql/tokenize.ts';

interface Rule {
  readonly from: RegExp;
  readonly to: readonly string[];
}

// biome-ignore format: a table
const RULES: readonly Rule[] = [
  { from: /^how many (\w+(?: \w+)?) are there\b/i, to: ['What is the number of $1', 'Count the $1'] },
  { from: /^how many\b/i, to: ['What is the number of'] },
  { from: /^what (?:is|are) the\b/i, to: ['Give the', 'Tell me the', 'Show the', 'Find the'] },
  { from: /^(?:list|show|give|find|display|return)(?: me)?(?: all)? the\b/i, to: ['What are the', 'Find the', 'Give me the', 'Show me the', 'Which are the'] },
  { from: /^(?:list|show|give|find|display|return) all\b/i, to: ['What are all', 'Find all', 'Give me all', 'Show me all'] },
  { from: /^(?:list|show|give|find|display|return)\b/i, to: ['Tell me', 'Show me', 'Give me'] },
  { from: /^which (\w+) (?:have|has)\b/i, to: ['Name the $1 with', 'List the $1 with', 'What are the $1 with'] },
  { from: /\bmore than\b/gi, to: ['over', 'above', 'greater than'] },
  { from: /\bless than\b/gi, to: ['below', 'under', 'fewer than'] },
  { from: /\bat least\b/gi, to: ['no less than', 'a minimum of'] },
  { from: /\bat most\b/gi, to: ['no more than', 'a maximum of'] },
  { from: /\bhighest\b/gi, to: ['largest', 'greatest', 'top'] },
  { from: /\blargest\b/gi, to: ['biggest', 'greatest', 'highest'] },
  { from: /\blowest\b/gi, to: ['smallest', 'least'] },
  { from: /\baverage\b/gi, to: ['mean'] },
  { from: /\btotal\b/gi, to: ['overall', 'combined'] },
  { from: /\bfor each\b/gi, to: ['per', 'for every'] },
  { from: /\bper\b/gi, to: ['for each', 'by'] },
  { from: /\bin each\b/gi, to: ['in every', 'per'] },
  { from: /\bnumber of\b/gi, to: ['count of'] },
  { from: /\bdifferent\b/gi, to: ['distinct', 'unique'] },
  { from: /\bnames of\b/gi, to: ['names for'] },
  { from: /^(.*)是多少？$/, to: ['请问$1是多少？', '$1为多少？', '查询$1。'] },
  { from: /^(.*)有哪些？$/, to: ['请列出$1。', '$1都有哪些？'] },
  { from: /^(.*)是哪(?:家|只|个|些)？$/, to: ['请问$1是什么？', '请指出$1。'] },
  { from: /有多少(家|只|个|人|名|位)/, to: ['共有多少$1', '一共有几$1'] },
  { from: /超过/, to: ['高于', '大于'] },
  { from: /低于/, to: ['小于', '不到'] },
  { from: /平均/, to: ['均值'] },
];

/** Rules applied to one question. */
const MOST_RULES = 2;

/** A rewritten question; undefined where no rule fits. */
export function synonymousQuestion(
  question: string,
  sql: string,
  random: Random,
): string | undefined {
  const kept = protectedTexts(question, sql);
  let text = hide(question, kept);
  let applied = 0;
  for (const { from, to } of random.shuffle(RULES)) {
    if (applied === MOST_RULES) break;
    const replacement = to[random.integer(to.length)] ?? '';
    const next = text.replace(from, (...match) =>
      inCaseOf(String(match[0]), expand(replacement, match)),
    );
    if (next === text) continue;
    text = next;
    applied++;
  }
  return applied === 0 ? undefined : show(text, kept).replace(/\s+/g, ' ');
}

/** Whether every text and number that the statement compares with is said as often as before. */
export function keepsValues(question: string, rewritten: string, sql: string): boolean {
  const values = protectedTexts(question, sql);
  const times = (text: string, value: string) => text.split(value).length;
  return values.every((value) => times(question, value) === times(rewritten, value));
}

/** Literals of the statement that the question says, and what it quotes; longest first. */
function protectedTexts(question: string, sql: string): readonly string[] {
  const literals = tokenizeSql(sql)
    .filter(({ kind }) => kind === 'string' || kind === 'number')
    .map(({ value }) => value.replaceAll('%', '').trim());
  const quoted = [...question.matchAll(/"[^"]+"|“[^”]+”|'[^']+'/g)].map(([text]) => text);
  const lower = question.toLowerCase();
  const said = literals.flatMap((value) => {
    const at = value === '' ? -1 : lower.indexOf(value.toLowerCase());
    return at < 0 ? [] : [question.slice(at, at + value.length)];
  });
  return [...new Set([...said, ...quoted])].sort((a, b) => b.length - a.length);
}

function hide(text: string, kept: readonly string[]): string {
  return kept.reduce(
    (hidden, value, index) => hidden.replaceAll(value, `\ue000${index}\ue001`),
    text,
  );
}

function show(text: string, kept: readonly string[]): string {
  return text.replace(/\ue000(\d+)\ue001/g, (_, index: string) => kept[Number(index)] ?? '');
}

function expand(replacement: string, match: readonly unknown[]): string {
  return replacement.replace(/\$(\d)/g, (_, group: string) => String(match[Number(group)] ?? ''));
}

function inCaseOf(original: string, replacement: string): string {
  const first = original.charAt(0);
  const isUpper = first !== first.toLowerCase();
  const start = isUpper ? replacement.charAt(0).toUpperCase() : replacement.charAt(0).toLowerCase();
  return start + replacement.slice(1);
}
