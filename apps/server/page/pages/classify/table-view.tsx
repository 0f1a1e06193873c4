/** One table: what it is, what to predict, and the steps from labels to a labelled table. */

import { useEffect, useMemo, useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Figures } from './figures.tsx';
import { Finish } from './finish.tsx';
import { ImportanceList } from './importance-list.tsx';
import { RowsGrid } from './rows-grid.tsx';
import { openSession } from './session.ts';
import { SoFar } from './so-far.tsx';
import { TargetForm } from './target-form.tsx';
import { text } from './text.ts';
import { ThisRow } from './this-row.tsx';
import type { LabelledTable } from './types.ts';

const STEPS = ['label', 'figures', 'columns', 'finish'] as const;

export function TableView({ first }: { readonly first: LabelledTable }) {
  const words = useText(text);
  const session = useMemo(() => openSession(first), [first]);
  useEffect(() => () => session.close(), [session]);
  const [step, setStep] = useState<(typeof STEPS)[number]>('label');
  const [changing, setChanging] = useState(false);
  const table = session.table.value;
  const settled = (next: LabelledTable) => {
    void session.settle(next);
    setChanging(false);
  };
  return (
    <>
      <p class="trail">
        <Link href="/classify">{words.back}</Link>
      </p>
      <header class="table-head">
        <h1>{marked(table.name)}</h1>
        {table.settings !== null && (
          <button class="secondary" type="button" onClick={() => setChanging(true)}>
            {words.changeTarget}
          </button>
        )}
      </header>
      <p class="fine">
        {[
          words.rows(number(table.rows)),
          words.columnsOf(number(table.columns.length)),
          table.encoding,
          table.problems.rows > 0 ? words.faults(number(table.problems.rows)) : words.noFaults,
          ...(table.settings === null
            ? []
            : [`${words.predicts} ${isolated(table.settings.target)}`]),
        ].join(' · ')}
      </p>
      {table.truncated && <Notice kind="warning">{words.truncated(number(table.rows))}</Notice>}
      {table.warnings.length > 0 && (
        <Notice kind="warning">
          {table.warnings.map((warning) => (
            <p key={warning}>{marked(warning)}</p>
          ))}
        </Notice>
      )}
      {session.problem.value !== null && <ProblemNotice problem={session.problem.value} />}
      {table.settings === null ? (
        <TargetForm table={table} onSettled={settled} />
      ) : (
        <Tabs
          label={words.tabsLabel}
          tabs={STEPS.map((name) => ({ name, label: words.tabs[name] }))}
          current={step}
          onChoose={setStep}
        >
          {step === 'label' && (
            <div class="bench">
              <RowsGrid session={session} />
              <div class="side">
                <ThisRow session={session} />
                <SoFar session={session} onMore={() => setStep('figures')} />
              </div>
            </div>
          )}
          {step === 'figures' && <Figures session={session} />}
          {step === 'columns' && <ImportanceList session={session} />}
          {step === 'finish' && <Finish session={session} />}
        </Tabs>
      )}
      {changing && (
        <Dialog title={words.changeTarget} onClose={() => setChanging(false)}>
          <TargetForm table={table} onSettled={settled} />
        </Dialog>
      )}
    </>
  );
}
