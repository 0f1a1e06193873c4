/** How good the labels so far make the model; follows every label. */
import { DataText } from '../../parts/data-text.tsx';
import { duration, fixed, number, percent } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Bar } from '../../parts/meter.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { figureName } from './report-table.tsx';
import type { Session } from './session.ts';
import { text } from './text.ts';
import type { Fit } from './types.ts';
import { Warnings } from './warnings.tsx';

/** Those that say most at a glance. */
const GLANCE = ['auc', 'accuracy', 'logLoss', 'r2', 'mae'];

export interface SoFarProps {
  readonly session: Session;
  readonly onMore: () => void;
}

export function SoFar({ session, onMore }: SoFarProps) {
  const words = useText(text);
  const table = session.table.value;
  const fit = session.fit.value;
  const problem = session.fitProblem.value;
  const most = Math.max(1, ...table.counts.map(({ count }) => count));
  return (
    <section class="card" aria-labelledby="so-far">
      <h2 id="so-far">{words.soFar}</h2>
      <p>{words.labelled(number(table.labelled), number(table.rows))}</p>
      {table.counts.length > 0 && (
        <dl class="shares">
          {table.counts.map(({ label, count }) => (
            <div key={label}>
              <dt>
                <DataText>{label}</DataText>
              </dt>
              <dd>
                <Bar share={count / most} kind="pale" />
                <span>{number(count)}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class="fine" role="status">
        {session.learning.value
          ? words.learning
          : fit !== null
            ? words.learned(duration(fit.milliseconds))
            : ''}
      </p>
      {problem !== null && <ProblemNotice problem={problem} onRetry={session.retry} />}
      {!session.canLearn() && fit === null && !session.learning.value && (
        <p>{table.settings?.kind === 'quantity' ? words.needTwoValues : words.needTwo}</p>
      )}
      {fit !== null && <Glance fit={fit} onMore={onMore} />}
    </section>
  );
}

function Glance({ fit, onMore }: { readonly fit: Fit; readonly onMore: () => void }) {
  const words = useText(text);
  const { report, shares, used, labelled, calibrated, text_read: read, warnings } = fit;
  const { expectations_weight: weight } = fit;
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      {report === null ? (
        <p>{words.needFour}</p>
      ) : (
        <>
          <dl class="glance">
            {GLANCE.filter((name) => report.figures[name] !== undefined).map((name) => {
              const { value, low, high } = report.figures[name] ?? {};
              return (
                <div key={name}>
                  <dt>{figureName(words, name)}</dt>
                  <dd>
                    <strong>{told(value)}</strong>
                    <span class="fine">
                      {told(low)} – {told(high)}
                    </span>
                  </dd>
                </div>
              );
            })}
          </dl>
          <p class="fine">{words.crossed(number(report.rows))}</p>
        </>
      )}
      {calibrated === false && used > 0 && <p class="fine">{words.notCalibrated}</p>}
      {weight !== null && (
        <p class="fine">
          {weight === 0
            ? words.notExpected
            : used === 0
              ? words.expectedAlone
              : words.expected(fixed(weight))}
        </p>
      )}
      {read && <p class="fine">{words.textRead}</p>}
      {used > 0 && used < labelled && (
        <p class="fine">{words.quick(number(used), number(labelled))}</p>
      )}
      <Warnings title={words.warnings} texts={warnings} />
      {total > 0 && (
        <>
          <h3 class="eyebrow">{words.says}</h3>
          <dl class="shares">
            {shares.map(({ label, count }) => (
              <div key={label}>
                <dt>
                  <DataText>{label}</DataText>
                </dt>
                <dd>
                  <Bar share={count / total} kind="pale" />
                  <span>{percent(count / total)}</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {report !== null && (
        <button class="quiet" type="button" onClick={onMore}>
          {words.tabs.figures}
        </button>
      )}
    </>
  );
}

function told(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : fixed(value);
}
