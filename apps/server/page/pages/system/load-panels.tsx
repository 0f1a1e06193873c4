/** What is loaded onto the server: the queue, the jobs, the disk. */
import { bytes, dateTime, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Bar } from '../../parts/meter.tsx';
import { Panel, Tag } from '../../parts/panels.tsx';
import type { System } from './system-types.ts';
import { text } from './text.ts';

interface PanelProps {
  readonly system: System;
}

export function QueuePanel({ system }: PanelProps) {
  const words = useText(text);
  const { entries, most_waiting } = system.queue;
  const waiting = entries.filter(({ state }) => state === 'waiting').length;
  return (
    <Panel title={words.queue} aside={words.queueAside(number(waiting), number(most_waiting))}>
      {entries.length === 0 && <p class="fine">{words.nobody}</p>}
      <ol class="queue">
        {entries.map(({ what, client, state, since }) => (
          <li key={`${what} ${client} ${since}`}>
            <span>
              {words.what[what]} {client !== null && <span class="fine">{client}</span>}
            </span>
            <span class="fine">{words.since(dateTime(since))}</span>
            <Tag kind={state === 'running' ? 'good' : 'busy'}>{words[state]}</Tag>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export function JobsPanel({ system }: PanelProps) {
  const words = useText(text);
  return (
    <Panel title={words.jobs} aside={<Link href="/train">{words.allJobs}</Link>}>
      <ul class="job-counts">
        {system.jobs.map(({ state, count }) => (
          <li key={state} data-none={count === 0}>
            <strong>{number(count)}</strong> {words.jobStates[state]}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function DiskPanel({ system }: PanelProps) {
  const words = useText(text);
  const { folders, held, limit, free } = system.disk;
  const shown = folders.filter((folder) => folder.bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
  const most = shown[0]?.bytes ?? 1;
  return (
    <Panel title={words.disk} aside={words.diskAside(bytes(free))}>
      <ul class="folders">
        {shown.map((folder) => (
          <li key={folder.name} class="folder">
            <span>{words.folders[folder.name]}</span>
            <Bar share={folder.bytes / most} />
            <span class="amount">{bytes(folder.bytes)}</span>
          </li>
        ))}
      </ul>
      <p class="fine more">{words.limit(bytes(held), bytes(limit))}</p>
    </Panel>
  );
}
