/** The answer in short: what was understood, the figure or the first rows, and how sure it is. */

import { cellFormat, columnKinds } from '../../parts/cells.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { DataText } from '../../parts/data-text.tsx';
import { marked } from '../../parts/direction.ts';
import { number, percent } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Bar } from '../../parts/meter.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { answerText } from './answer-text.ts';
import { text } from './text.ts';
import type { KeptAnswer } from './turn.ts';

/** Rows that are shown here; all are in the table. */
const FEW_ROWS = 8;

export interface AnswerTabProps {
  readonly answer: KeptAnswer;
  readonly question: string;
  readonly onAllRows: () => void;
  /** Whether it cannot be asked again now. */
  readonly busy: boolean;
  readonly onAskAgain: () => void;
  /** Asks another question. */
  readonly onAsk: (question: string) => void;
}

export function AnswerTab(props: AnswerTabProps) {
  const { answer, question, onAllRows, busy, onAskAgain, onAsk } = props;
  const words = useText(answerText);
  const { askAgain } = useText(text);
  const { abstained, confidence, explanation, standalone_question: understood } = answer;
  const warnings = answer.warnings.filter(({ text: told }) => told !== abstained?.reason);
  return (
    <div class="answer-tab">
      {understood != null && understood !== question && (
        <p class="understood">
          {words.understood}{' '}
          <q>
            <DataText>{understood}</DataText>
          </q>
        </p>
      )}
      {warnings.map(({ text: told }) => (
        <Notice key={told} kind="warning">
          {marked(told)}
        </Notice>
      ))}
      {abstained != null ? (
        <ProblemNotice
          problem={new Error(abstained.reason)}
          onRetry={onAskAgain}
          retryLabel={askAgain}
          retryDisabled={busy}
        />
      ) : (
        <Result answer={answer} onAllRows={onAllRows} />
      )}
      {abstained != null && answer.sql !== '' && <p class="fine">{words.drafted}</p>}
      {explanation.length > 0 && (
        <section class="explanation" aria-label={words.does}>
          <h3 class="visually-hidden">{words.does}</h3>
          <p lang={answer.language}>
            {marked(explanation.join(answer.language === 'zh' ? '' : ' '))}
          </p>
        </section>
      )}
      <NearQuestions questions={answer.near_questions} busy={busy} onAsk={onAsk} />
      {confidence !== null && abstained === null && (
        <p class="confidence" title={words.measured}>
          <span>{words.confidence}</span>
          <Bar share={confidence} />
          <span class="share">{percent(confidence)}</span>
        </p>
      )}
    </div>
  );
}

interface NearQuestionsProps extends Pick<AnswerTabProps, 'busy' | 'onAsk'> {
  readonly questions: readonly string[];
}

/** Questions whose statements are known, to ask instead. */
function NearQuestions({ questions, busy, onAsk }: NearQuestionsProps) {
  const words = useText(answerText);
  if (questions.length === 0) return null;
  return (
    <section class="near-questions" aria-label={words.near}>
      <h3 class="eyebrow">{words.near}</h3>
      {questions.map((one) => (
        <button key={one} class="chip" type="button" disabled={busy} onClick={() => onAsk(one)}>
          {marked(one)}
        </button>
      ))}
    </section>
  );
}

function Result({ answer, onAllRows }: Pick<AnswerTabProps, 'answer' | 'onAllRows'>) {
  const words = useText(answerText);
  const { columns, rows, truncated } = answer;
  if (rows.length === 0) return <p class="empty-state">{words.noRows}</p>;
  const [only] = rows;
  if (rows.length === 1 && only !== undefined && columns.length === 1) {
    const [value = null] = only;
    const [kind = 'text'] = columnKinds(columns, rows);
    return (
      <p class="figure">
        <span class="value">
          <DataText>{cellFormat(kind, only)(value) || words.empty}</DataText>
        </span>
        <span class="name">
          <DataText>{columns[0] ?? ''}</DataText>
        </span>
      </p>
    );
  }
  const counted = words.rows(rows.length, number(rows.length));
  return (
    <section aria-label={words.result}>
      <DataTable columns={columns} rows={rows.slice(0, FEW_ROWS)} sortable={false} />
      <div class="table-foot">
        <span class={truncated ? 'truncated' : undefined}>
          {truncated ? words.firstRows(counted) : counted}
        </span>
        {rows.length > FEW_ROWS && (
          <button class="quiet" type="button" onClick={onAllRows}>
            {words.allRows(counted)}
          </button>
        )}
      </div>
    </section>
  );
}
