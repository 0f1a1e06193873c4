/** Two classes: from which probability on the second one is said. */
import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { number, percent } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import type { Session } from './session.ts';
import { text } from './text.ts';
import type { Fit, HeldRow, LabelledTable } from './types.ts';

const RULES = ['none', 'f1', 'youden', 'cost'] as const;

export interface ThresholdFormProps {
  readonly session: Session;
  readonly fit: Fit;
}

export function ThresholdForm({ session, fit }: ThresholdFormProps) {
  const words = useText(text);
  const { settings } = session.table.value;
  const before = settings?.threshold ?? null;
  const [by, setBy] = useState<(typeof RULES)[number]>(before?.by ?? 'none');
  const [alarm, setAlarm] = useState(String(before?.false_alarm ?? 1));
  const [miss, setMiss] = useState(String(before?.miss ?? 5));
  const [problem, setProblem] = useState<unknown>(null);
  if (settings === null) return null;
  const second = fit.classes[1] ?? '';
  const cut = fit.threshold ?? 0.5;
  const never = cut >= 1;
  const found = fit.held.filter(({ probability }) => !never && probability >= cut);
  const isSecond = ({ is_second }: HeldRow) => is_second;
  const hits = rowsOf(found.filter(isSecond));
  const use = async (event: Event) => {
    event.preventDefault();
    setProblem(null);
    try {
      const costs = { false_alarm: Number(alarm), miss: Number(miss) };
      const { target, classes, features, group } = settings;
      const threshold = by === 'none' ? null : { by, ...(by === 'cost' && costs) };
      const path = `${session.base}/settings`;
      const body = { target, classes, features, group, threshold };
      void session.settle(await sendJson<LabelledTable>('POST', path, body));
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <form class="card threshold" onSubmit={use}>
      <label>
        <span class="eyebrow">
          {words.threshold} {second}
        </span>
        <span class="select">
          <select
            value={by}
            onChange={(event) => setBy(event.currentTarget.value as (typeof RULES)[number])}
          >
            {RULES.map((rule) => (
              <option key={rule} value={rule}>
                {words.thresholds[rule]}
              </option>
            ))}
          </select>
        </span>
      </label>
      {by === 'cost' && (
        <>
          <Cost label={words.falseAlarm} value={alarm} onChange={setAlarm} />
          <Cost label={words.miss} value={miss} onChange={setMiss} />
        </>
      )}
      <button class="secondary" type="submit">
        {words.use}
      </button>
      <p class="fine" role="status">
        {never ? words.neverSaid(second) : words.fromOn(second, percent(cut, 1))}{' '}
        {words.ofHeld(
          number(hits),
          number(rowsOf(fit.held.filter(isSecond))),
          number(rowsOf(found) - hits),
        )}
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
    </form>
  );
}

function rowsOf(held: readonly HeldRow[]): number {
  return held.reduce((sum, { rows }) => sum + rows, 0);
}

function Cost({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label class="cost">
      <span class="eyebrow">{label}</span>
      <input
        class="field"
        type="number"
        min="0.001"
        step="any"
        required
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
