/** One question of the thread: how far it is, its answer in tabs, or why there is none. */
import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Chart } from '../../parts/chart.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { AnswerTab } from './answer-tab.tsx';
import { answerText } from './answer-text.ts';
import type { DatabaseDetail } from './databases.ts';
import { Feedback } from './feedback.tsx';
import { SqlTab } from './sql-tab.tsx';
import { StageList } from './stage-list.tsx';
import { TableTab } from './table-tab.tsx';
import { text } from './text.ts';
import { addressOf } from './thread.ts';
import type { AnsweredTurn, Turn } from './turn.ts';
import { WhyTab } from './why-tab.tsx';

const TABS = ['answer', 'sql', 'table', 'chart', 'why'] as const;

type TabName = (typeof TABS)[number];

export interface TurnViewProps {
  readonly turn: Turn;
  /** The database of the turn, when it is known. */
  readonly detail: DatabaseDetail | null;
  readonly onAskAgain: () => void;
}

export function TurnView({ turn, detail, onAskAgain }: TurnViewProps) {
  const words = useText(text);
  return (
    <article class="card turn" id={`turn-${turn.key}`} aria-label={turn.question}>
      <header>
        <p class="source">{turn.database}</p>
        <h2>{turn.question}</h2>
      </header>
      {turn.state === 'running' && <StageList stages={turn.stages} step={turn.step} />}
      {turn.state === 'stopped' && (
        <div class="actions">
          <p>{words.wasStopped}</p>
          <button class="quiet" type="button" onClick={onAskAgain}>
            {words.askAgain}
          </button>
        </div>
      )}
      {turn.state === 'failed' && (
        <ProblemNotice
          problem={turn.problem}
          onRetry={turn.question === '' ? undefined : onAskAgain}
          retryLabel={words.askAgain}
        />
      )}
      {turn.state === 'answered' && (
        <Answered turn={turn} detail={detail} onAskAgain={onAskAgain} />
      )}
    </article>
  );
}

interface AnsweredProps extends Omit<TurnViewProps, 'turn'> {
  readonly turn: AnsweredTurn;
}

function Answered({ turn, detail, onAskAgain }: AnsweredProps) {
  const words = useText(answerText);
  const [tab, setTab] = useState<TabName>('answer');
  const statement = useSignal(turn.answer.sql);
  const { answer, question } = turn;
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
            onAskAgain={onAskAgain}
          />
        )}
        {tab === 'sql' && <SqlTab turn={turn} detail={detail} statement={statement} />}
        {tab === 'table' && <TableTab {...answer} about={question} />}
        {tab === 'chart' && <Chart columns={answer.columns} rows={answer.rows} about={question} />}
        {tab === 'why' && <WhyTab answer={answer} />}
      </Tabs>
      <footer class="turn-foot">
        <Feedback turn={turn} onCorrect={() => setTab('sql')} />
        <CopyButton label={words.link} content={link} />
      </footer>
    </>
  );
}
