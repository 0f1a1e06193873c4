/** One question of the thread: how far it is, its answer in tabs, or why there is none. */

import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Chart } from '../../parts/chart.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { marked } from '../../parts/direction.ts';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { AnswerTab } from './answer-tab.tsx';
import { answerText } from './answer-text.ts';
import type { DatabaseDetail } from './databases.ts';
import { Feedback, judgedOf } from './feedback.tsx';
import { SqlTab } from './sql-tab.tsx';
import { StageList } from './stage-list.tsx';
import { TableTab } from './table-tab.tsx';
import { text } from './text.ts';
import { addressOf } from './thread.ts';
import type { AnsweredTurn, FailedTurn, Turn } from './turn.ts';
import { WhyTab } from './why-tab.tsx';

const TABS = ['answer', 'sql', 'table', 'chart', 'why'] as const;

type TabName = (typeof TABS)[number];

export interface TurnViewProps {
  readonly turn: Turn;
  /** The database of the turn, when it is known. */
  readonly detail: DatabaseDetail | null;
  /** Whether another question is being answered, so that none can be asked. */
  readonly busy: boolean;
  readonly onAskAgain: () => void;
  /** Asks another question of the turn's database. */
  readonly onAsk: (question: string) => void;
}

export function TurnView({ turn, detail, busy, onAskAgain, onAsk }: TurnViewProps) {
  const words = useText(text);
  return (
    <article class="card turn" id={`turn-${turn.key}`} aria-label={marked(turn.question)}>
      <header>
        <p class="source">{marked(turn.database)}</p>
        <h2>{marked(turn.question)}</h2>
      </header>
      {turn.state === 'running' && <StageList stages={turn.stages} step={turn.step} />}
      {(turn.state === 'stopped' || turn.state === 'unanswered') && (
        <div class="actions">
          <p>{turn.state === 'stopped' ? words.wasStopped : words.noneKept}</p>
          <button class="quiet" type="button" disabled={busy} onClick={onAskAgain}>
            {words.askAgain}
          </button>
        </div>
      )}
      {turn.state === 'failed' && (
        <ProblemNotice
          problem={turn.problem}
          onRetry={turn.question === '' ? undefined : onAskAgain}
          retryLabel={words.askAgain}
          retryDisabled={busy}
        />
      )}
      {turn.state === 'failed' && turn.draft !== null && (
        <Draft turn={turn} sql={turn.draft} detail={detail} />
      )}
      {turn.state === 'answered' && (
        <Answered turn={turn} detail={detail} busy={busy} onAskAgain={onAskAgain} onAsk={onAsk} />
      )}
    </article>
  );
}

interface DraftProps extends Pick<TurnViewProps, 'detail'> {
  readonly turn: FailedTurn;
  readonly sql: string;
}

/** What was run without success, e.g. for too long: to be changed and run again. */
function Draft({ turn: { id, question, database }, sql, detail }: DraftProps) {
  const words = useText(answerText);
  const statement = useSignal(sql);
  return (
    <section aria-label={words.tabs.sql}>
      <p class="fine">{words.draftBelow}</p>
      <SqlTab judged={{ id, question, database, sql }} detail={detail} statement={statement} />
    </section>
  );
}

interface AnsweredProps extends Omit<TurnViewProps, 'turn'> {
  readonly turn: AnsweredTurn;
}

function Answered({ turn, detail, busy, onAskAgain, onAsk }: AnsweredProps) {
  const words = useText(answerText);
  const [tab, setTab] = useState<TabName>('answer');
  const statement = useSignal(turn.answer.sql);
  const { answer, question } = turn;
  const judged = judgedOf(turn);
  const link = () => new URL(addressOf(answer.id), location.href).href;
  return (
    <>
      <Tabs
        label={words.views}
        tabs={TABS.map((name) => ({ name, label: words.tabs[name] }))}
        current={tab}
        onChoose={setTab}
      >
        {tab === 'answer' && (
          <AnswerTab
            answer={answer}
            question={question}
            onAllRows={() => setTab('table')}
            busy={busy}
            onAskAgain={onAskAgain}
            onAsk={onAsk}
          />
        )}
        {tab === 'sql' && <SqlTab judged={judged} detail={detail} statement={statement} />}
        {tab === 'table' && <TableTab {...answer} about={question} />}
        {tab === 'chart' && <Chart columns={answer.columns} rows={answer.rows} about={question} />}
        {tab === 'why' && <WhyTab answer={answer} />}
      </Tabs>
      <footer class="turn-foot">
        <Feedback judged={judged} onCorrect={() => setTab('sql')} />
        <CopyButton label={words.link} content={link} />
      </footer>
    </>
  );
}
