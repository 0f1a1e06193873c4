import type { Answer, SampledCandidate } from '@quaestor/finsql';
import { wordingOf } from '@quaestor/finsql/wording';
import { displayWidth } from '../display-width.ts';
import { printableLine } from '../printable.ts';
import { WHY_WORDS, type WhyWords } from './why-words.ts';

/**
 * Why an answer is what it is: what was found, what was tried, what was mended, how long it took; in
 * the language of the answer.
 */
export function printWhy({ trace, language }: Pick<Answer, 'trace' | 'language'>): string {
  const words = WHY_WORDS[language];
  const { rules, followUps, sqlite } = wordingOf(language);
  const lines: (readonly [string, string])[] = [];
  for (const stage of trace) {
    if (stage.name === 'retrieve') {
      const { tables, values, exemplars } = stage.detail;
      for (const { name, score, columns } of tables.filter(({ chosen }) => chosen)) {
        lines.push([words.table, `${name} ${score.toFixed(2)}: ${columns.join(', ')}`]);
      }
      for (const { table, column, value, similarity } of values) {
        const holds = words.holds(`${table}.${column}`, value);
        lines.push([words.value, `${holds} (${similarity.toFixed(2)})`]);
      }
      for (const { question, similarity } of exemplars) {
        lines.push([words.like, `${question} (${similarity.toFixed(2)})`]);
      }
    } else if (stage.name === 'rewrite') {
      const { standalone_question: standalone, rule } = stage.detail;
      if (standalone === null || rule === null) continue;
      lines.push([words.meant, `${standalone} (${words.rule(rule, followUps[rule])})`]);
    } else if (stage.name === 'abstain') {
      lines.push([words.noAnswer, `${stage.detail.code}: ${stage.detail.reason}`]);
    } else if (stage.name === 'prompt') {
      const { tokens, budget, omitted } = stage.detail;
      lines.push([words.prompt, words.tokens(tokens, budget, omitted)]);
    } else if (stage.name === 'generate') {
      lines.push([words.written, stage.detail.completion.trim()]);
    } else if (stage.name === 'redraft') {
      const { completion, exemplar, kept } = stage.detail;
      lines.push([words.again, words.kept(completion.trim(), kept)]);
      if (exemplar !== null) lines.push([words.beside, exemplar.question]);
    } else if (stage.name === 'second-opinion') {
      const { sql, kept } = stage.detail;
      if (sql !== null) lines.push([words.adviser, words.kept(sql, kept)]);
    } else if (stage.name === 'vote' || stage.name === 'repair') {
      for (const candidate of stage.detail.candidates) {
        lines.push([words[stage.name], describe(candidate, words, sqlite)]);
      }
    } else if (stage.name === 'calibrate') {
      for (const { rule } of stage.detail.repairs) {
        lines.push([words.mended, words.rule(rule, rules[rule])]);
      }
    } else if (stage.name === 'execute' && stage.detail.error !== undefined) {
      lines.push([words.refused, sqlite(stage.detail.error)]);
    }
  }
  const times = trace.map(({ name, milliseconds }) => `${name} ${milliseconds.toFixed(0)}`);
  lines.push([words.milliseconds, times.join(', ')]);
  const width = Math.max(...lines.map(([label]) => displayWidth(label)));
  return lines
    .map(([label, text]) => {
      const blanks = ' '.repeat(width - displayWidth(label) + 2);
      return `${label}${blanks}${printableLine(text)}\n`;
    })
    .join('');
}

function describe(
  { sql, votes, error }: SampledCandidate,
  words: WhyWords,
  sqlite: (message: string) => string,
): string {
  return `${words.votes(votes)}: ${sql}${error === null ? '' : ` (${sqlite(error)})`}`;
}
