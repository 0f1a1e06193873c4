import './system.css';
import { getJson } from '../../parts/api.ts';
import { duration } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Facts, PageHead, Panel } from '../../parts/panels.tsx';
import { usePolled } from '../../parts/use-polled.ts';
import { DiskPanel, JobsPanel, QueuePanel } from './load-panels.tsx';
import { MemoryPanel, ModelPanel } from './machine-panels.tsx';
import type { System } from './system-types.ts';
import { text } from './text.ts';

const EVERY_MS = 2000;

export function SystemPage() {
  const words = useText(text);
  const { data, problem, reload } = usePolled(
    (signal) => getJson<System>('/api/system', { signal }),
    [],
    EVERY_MS,
  );
  return (
    <>
      <PageHead title={words.title} lede={words.lede} />
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {data !== undefined && (
        <div class="system-grid">
          <HealthPanel system={data} />
          <QueuePanel system={data} />
          <ModelPanel system={data} />
          <MemoryPanel system={data} />
          <JobsPanel system={data} />
          <DiskPanel system={data} />
        </div>
      )}
    </>
  );
}

function HealthPanel({ system }: { readonly system: System }) {
  const words = useText(text);
  const { problems, uptime_seconds, versions } = system;
  return (
    <Panel title={words.health}>
      {problems.length === 0 ? (
        <p class="well">{words.well}</p>
      ) : (
        problems.map((problem) => (
          <Notice key={problem} kind="warning">
            {problem}
          </Notice>
        ))
      )}
      <Facts
        facts={[
          [words.uptime, duration(uptime_seconds * 1000)],
          [
            words.versions,
            `Quaestor ${versions.server} · Node ${versions.node} · SQLite ${versions.sqlite}`,
          ],
        ]}
      />
    </Panel>
  );
}
