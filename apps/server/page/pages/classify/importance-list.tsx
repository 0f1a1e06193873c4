/** Which columns the model leans on, as bars. */

import { getJson } from '../../parts/api.ts';
import { DataText } from '../../parts/data-text.tsx';
import { fixed } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Bar } from '../../parts/meter.tsx';
import { Empty, ProblemNotice } from '../../parts/notice.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import type { Session } from './session.ts';
import { text } from './text.ts';
import type { Importance } from './types.ts';

export function ImportanceList({ session }: { readonly session: Session }) {
  const words = useText(text);
  const fit = session.fit.value;
  const revision = fit?.revision ?? null;
  const { data, problem, reload } = useLoaded(
    async (signal) =>
      revision === null
        ? null
        : getJson<{ data: readonly Importance[] }>(`${session.base}/importance`, { signal }),
    [revision],
  );
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (fit === null || fit.used === 0)
    return <Empty title={session.learning.value ? words.learning : words.needTwo} />;
  return (
    <div class="panel">
      <p class="fine">{words.importanceLead}</p>
      {data === undefined || data === null ? (
        <p role="status">{words.measuring}</p>
      ) : (
        <ImportanceBars list={data.data} />
      )}
    </div>
  );
}

export function ImportanceBars({ list }: { readonly list: readonly Importance[] }) {
  const words = useText(text);
  const most = Math.max(0.01, ...list.map(({ fall }) => fall));
  return (
    <dl class="importance">
      {list.map(({ column, fall, sd }) => (
        <div key={column}>
          <dt>
            <DataText>{column}</DataText>
          </dt>
          <dd>
            <Bar share={Math.max(0, fall) / most} />
            <span>
              {fixed(fall, 3)} <span class="fine">{words.spread(fixed(sd, 3))}</span>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
