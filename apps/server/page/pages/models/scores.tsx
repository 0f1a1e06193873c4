/** The newest score on each set of questions, as a bar and in words. */
import { fixed, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Bar } from '../../parts/meter.tsx';
import { latest, type Score } from './model-types.ts';
import { text } from './text.ts';

export function Scores({ scores }: { readonly scores: readonly Score[] }) {
  const words = useText(text);
  const newest = latest(scores);
  if (newest.length === 0) return <p class="fine">{words.noScores}</p>;
  return (
    <ul class="scores">
      {newest.map(({ set, set_fingerprint, accuracy, correct, scored }) => (
        <li key={set_fingerprint}>
          <span class="score-set">{set}</span>
          <Bar share={accuracy / 100} />
          <span class="score-value">{fixed(accuracy, 1)} %</span>
          <span class="fine">{words.ofQuestions(number(correct), number(scored))}</span>
        </li>
      ))}
    </ul>
  );
}
