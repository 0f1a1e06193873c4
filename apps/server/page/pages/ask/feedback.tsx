/** Whether an answer was right: kept by the server, and the way to a correction. */
import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { answerText } from './answer-text.ts';
import type { AnsweredTurn } from './turn.ts';

export type Verdict =
  | { readonly verdict: 'up' }
  | { readonly verdict: 'down'; readonly corrected_sql?: string };

/** A question and the statement that is right or wrong for it. */
export interface Judged extends Pick<AnsweredTurn, 'id' | 'question' | 'database'> {
  /** Empty: none was written. */
  readonly sql: string;
}

export function judgedOf({ id, question, database, answer }: AnsweredTurn): Judged {
  return { id, question: answer.standalone_question ?? question, database, sql: answer.sql };
}

/** @throws {Problem} */
export function sendFeedback(
  { id, question, database, sql }: Judged,
  verdict: Verdict,
): Promise<unknown> {
  return sendJson('POST', '/api/feedback', {
    ...verdict,
    database,
    question,
    ...(sql !== '' && { sql }),
    ...(id !== null && { answer_id: id }),
  });
}

export interface FeedbackProps {
  readonly judged: Judged;
  readonly onCorrect: () => void;
}

export function Feedback({ judged, onCorrect }: FeedbackProps) {
  const words = useText(answerText);
  const [given, setGiven] = useState<Verdict['verdict'] | null>(null);
  const [problem, setProblem] = useState<unknown>();
  const give = async (verdict: Verdict['verdict']) => {
    setGiven(verdict);
    setProblem(undefined);
    try {
      await sendFeedback(judged, { verdict });
    } catch (error) {
      setGiven(null);
      setProblem(error);
    }
  };
  return (
    <div class="feedback">
      <fieldset aria-label={words.feedback}>
        <span class="fine">{given === null ? words.feedback : ''}</span>
        <Thumb label={words.good} pressed={given === 'up'} onPress={() => void give('up')} up />
        <Thumb label={words.bad} pressed={given === 'down'} onPress={() => void give('down')} />
      </fieldset>
      <p class="fine" role="status">
        {given === 'up' && words.thanksUp}
        {given === 'down' && words.thanksDown}
      </p>
      {given === 'down' && (
        <button class="quiet" type="button" onClick={onCorrect}>
          {words.correct}
        </button>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  );
}

interface ThumbProps {
  readonly label: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly up?: boolean;
}

function Thumb({ label, pressed, onPress, up = false }: ThumbProps) {
  return (
    <button
      class="icon"
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={pressed}
      onClick={onPress}
    >
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <path
          transform={up ? undefined : 'rotate(180 12 12)'}
          d="M7 10.5 11 3c1.4 0 2.4 1 2.4 2.4V9h5.1c1.2 0 2.1 1.1 1.9 2.3l-1.3 7A2 2 0 0 1 17.200 20H7M7 10.500V20H4.500a1 1 0 0 1-1-1v-7.500a1 1 0 0 1 1-1z"
          fill="none"
          stroke="currentColor"
          stroke-width="1.7"
          stroke-linejoin="round"
        />
      </svg>
    </button>
  );
}
