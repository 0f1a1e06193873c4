/** Two models beside each other: what they are, and their scores on the same questions. */
import { bytes, duration, fixed } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Panel } from '../../parts/panels.tsx';
import { ScrollArea } from '../../parts/scroll-area.tsx';
import { madeFrom } from './adapter-list.tsx';
import { type Candidate, latest, type Score } from './model-types.ts';
import { text } from './text.ts';

export interface ComparePanelProps {
  readonly left: Candidate;
  readonly right: Candidate;
  readonly onStop: () => void;
}

export function ComparePanel({ left, right, onStop }: ComparePanelProps) {
  const words = useText(text);
  const both = [left, right];
  const rows: readonly (readonly [string, (candidate: Candidate) => string | null])[] = [
    [words.method, ({ adapter }) => adapter?.type ?? null],
    [words.rank, ({ adapter }) => adapter?.rank?.toString() ?? null],
    [words.size, ({ adapter }) => (adapter === null ? null : bytes(adapter.size_bytes))],
    [words.created, ({ adapter }) => adapter?.created?.slice(0, 10) ?? null],
    [words.trainedOn, ({ adapter }) => (adapter === null ? null : madeFrom(adapter, words))],
  ];
  const sets = setsOf(both);
  return (
    <Panel
      title={words.compare}
      aside={
        <button class="quiet" type="button" onClick={onStop}>
          {words.stop}
        </button>
      }
    >
      <ScrollArea
        class="table-scroll"
        label={both.map(({ adapter }) => adapter?.name ?? words.base).join(', ')}
      >
        <table class="comparison">
          <thead>
            <tr>
              <td />
              {both.map(({ adapter }) => (
                <th key={adapter?.name ?? ''} scope="col">
                  {adapter?.name ?? words.base}
                </th>
              ))}
              <th scope="col">{words.difference}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, value]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {both.map((one) => (
                  <td key={one.adapter?.name ?? ''}>{value(one) ?? '–'}</td>
                ))}
                <td />
              </tr>
            ))}
            {sets.map(({ key, name }) => (
              <ScoreRow
                key={key}
                name={name}
                scores={both.map(({ scores }) =>
                  scores.find(({ set_fingerprint }) => set_fingerprint === key),
                )}
              />
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </Panel>
  );
}

function setsOf(both: readonly Candidate[]): readonly { key: string; name: string }[] {
  const sets = new Map<string, string>();
  for (const { scores } of both) {
    for (const { set, set_fingerprint } of latest(scores)) sets.set(set_fingerprint, set);
  }
  return [...sets].map(([key, name]) => ({ key, name }));
}

function ScoreRow({
  name,
  scores,
}: {
  readonly name: string;
  readonly scores: readonly (Score | undefined)[];
}) {
  const words = useText(text);
  const [left, right] = scores;
  const difference =
    left === undefined || right === undefined ? null : right.accuracy - left.accuracy;
  return (
    <tr>
      <th scope="row">{name}</th>
      {scores.map((score, i) => (
        <td key={`${i.toString()}`}>
          {score === undefined ? (
            <span class="fine">{words.notMeasured}</span>
          ) : (
            <>
              <strong class="score-value">{fixed(score.accuracy, 1)} %</strong>
              <span class="fine">
                {words.ofQuestions(String(score.correct), String(score.scored))} ·{' '}
                {words.runs(fixed(score.executable, 1))} · {duration(score.median_ms)}
              </span>
            </>
          )}
        </td>
      ))}
      <td>
        {difference !== null && (
          <span class="difference" data-sign={Math.sign(difference)}>
            {words.points(`${difference > 0 ? '+' : ''}${fixed(difference, 1)}`)}
          </span>
        )}
      </td>
    </tr>
  );
}
