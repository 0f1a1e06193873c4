import type { Answer, SampledCandidate } from '@quaestor/finsql';
import { printableLine } from '../printable.ts';

/** Why an answer is what it is: what was found, what was tried, what was mended, how long it took. */
export function printWhy({ trace }: Answer): string {
  const lines: (readonly [string, string])[] = [];
  for (const stage of trace) {
    if (stage.name === 'retrieve') {
      const { tables, values, exemplars } = stage.detail;
      for (const { name, score, columns } of tables.filter(({ chosen }) => chosen)) {
        lines.push(['table', `${name} ${score.toFixed(2)}: ${columns.join(', ')}`]);
      }
      for (const { table, column, value, similarity } of values) {
        lines.push(['value', `${table}.${column} has '${value}' (${similarity.toFixed(2)})`]);
      }
      for (const { question, similarity } of exemplars) {
        lines.push(['like', `${question} (${similarity.toFixed(2)})`]);
      }
    } else if (stage.name === 'rewrite') {
      const { standalone_question: standalone, rule } = stage.detail;
      if (standalone !== null) lines.push(['meant', `${standalone} (${rule})`]);
    } else if (stage.name === 'abstain') {
      lines.push(['no answer', `${stage.detail.code}: ${stage.detail.reason}`]);
    } else if (stage.name === 'prompt') {
      const { tokens, budget, omitted } = stage.detail;
      const left = omitted.length === 0 ? '' : `; left out: ${omitted.join(', ')}`;
      lines.push(['prompt', `${tokens} of ${budget} tokens${left}`]);
    } else if (stage.name === 'generate') {
      lines.push(['written', stage.detail.completion.trim()]);
    } else if (stage.name === 'redraft') {
      const { completion, exemplar, kept } = stage.detail;
      lines.push(['again', `${completion.trim()} (${kept ? 'kept' : 'the first is kept'})`]);
      if (exemplar !== null) lines.push(['beside', exemplar.question]);
    } else if (stage.name === 'vote' || stage.name === 'repair') {
      for (const candidate of stage.detail.candidates) {
        lines.push([stage.name, describe(candidate)]);
      }
    } else if (stage.name === 'calibrate') {
      for (const { rule } of stage.detail.repairs) lines.push(['mended', rule]);
    } else if (stage.name === 'execute' && stage.detail.error !== undefined) {
      lines.push(['refused', stage.detail.error]);
    }
  }
  const times = trace.map(({ name, milliseconds }) => `${name} ${milliseconds.toFixed(0)}`);
  lines.push(['ms', times.join(', ')]);
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, text]) => `${label.padEnd(width)}  ${printableLine(text)}\n`).join('');
}

function describe({ sql, votes, error }: SampledCandidate): string {
  const said = votes === 1 ? '1 vote' : `${votes} votes`;
  return `${said}: ${sql}${error === null ? '' : ` (${error})`}`;
}
