import { marked } from '../../parts/direction.ts';
import './ask.css';
import './side.css';
import './turn.css';
import './stages.css';
import './why.css';
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { duration, number } from '../../parts/format.ts';
import { language, useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Empty } from '../../parts/notice.tsx';
import { navigate, query } from '../../parts/router.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import { Composer } from './composer.tsx';
import { DatabasePicker } from './database-picker.tsx';
import { database, listDatabases, pickDatabase, readDatabase } from './databases.ts';
import { type HistoryEntry, history } from './history.ts';
import { HistoryList } from './history-list.tsx';
import { text } from './text.ts';
import {
  addressOf,
  ask,
  dropTurn,
  newThread,
  openAnswer,
  reopenThread,
  running,
  stop,
  thread,
} from './thread.ts';
import type { Turn } from './turn.ts';
import { TurnView } from './turn-view.tsx';
import { Examples, Overview } from './welcome.tsx';

/** What is being written; stays when another page is looked at. */
const draft = signal('');

/** Asking: the database beside, the thread of questions and answers, and the next question below. */
export function AskPage() {
  const words = useText(text);
  const list = useLoaded(listDatabases, []);
  const name = database.value;
  const detail = useLoaded(
    async (until) => (name === '' ? null : readDatabase(name, until)),
    // Its examples come in the language of the page.
    [name, language.value],
  );
  const shown = detail.data?.name === name ? (detail.data ?? null) : null;
  const turns = thread.value;
  /** A question that was sent before the databases were known: asked as soon as one is picked. */
  const early = useRef<string | null>(null);
  const start = (question: string, of = name) => {
    if (running.value !== undefined) {
      // What is written stays; where nothing is, the question waits there to be sent.
      if (draft.value.trim() === '') draft.value = question;
      return;
    }
    if (of === '') {
      early.current = list.data === undefined ? question : null;
      return;
    }
    early.current = null;
    if (draft.value.trim() === question) draft.value = '';
    void ask(question, of);
  };
  useAddress(start);
  useEscape();
  useFollowing(turns);
  useEffect(() => {
    if (name !== '' && early.current !== null) start(early.current);
  }, [name]);
  const again = (turn: Turn) => {
    if (running.value !== undefined) return;
    dropTurn(turn.key);
    start(turn.question, turn.database);
  };
  const open = (entry: HistoryEntry) => {
    if (entry.id !== null) {
      const to = addressOf(entry.id);
      if (to.endsWith(query.value) && query.value !== '') void openAnswer(entry.id);
      else navigate(to);
      return;
    }
    pickDatabase(entry.database);
    draft.value = entry.question;
    document.getElementById('question')?.focus();
  };
  const asked = history.value.filter((entry) => entry.database === name);
  const known = [...asked.map(({ question }) => question), ...(shown?.examples ?? [])];
  const usable = list.data === undefined || list.data.some(({ problem }) => problem === null);
  const fresh = turns.length === 0;
  const last = turns.at(-1);
  return (
    <div class={fresh ? 'frame' : 'frame asked'}>
      <DatabasePicker list={list} detail={detail} />
      <div class="asking">
        <h1 class={fresh ? undefined : 'visually-hidden'}>{words.title}</h1>
        {!usable && (
          <Empty title={words.noDatabases}>
            <p>{words.noDatabasesHint}</p>
            <Link class="primary" href="/databases">
              {words.upload}
            </Link>
          </Empty>
        )}
        {turns.map((turn) => (
          <TurnView
            key={turn.key}
            turn={turn}
            detail={turn.database === name ? shown : null}
            busy={running.value !== undefined}
            onAskAgain={() => again(turn)}
            onAsk={(question) => start(question, turn.database)}
          />
        ))}
        <Composer
          draft={draft}
          known={known}
          busy={running.value !== undefined}
          following={!fresh}
          onAsk={start}
          onStop={stop}
        />
        <p class="visually-hidden" id="announcement" role="status">
          {last === undefined ? '' : announcementFor(last, words)}
        </p>
        <div class="below">
          {shown !== null && (
            <Examples
              key={name}
              questions={shown.examples}
              onPick={(question) => start(question)}
            />
          )}
          {!fresh && (
            <button class="quiet" type="button" onClick={newThread}>
              {words.newThread}
            </button>
          )}
        </div>
        {fresh && shown !== null && <Overview detail={shown} />}
      </div>
      <HistoryList current={last?.state === 'answered' ? last.answer.id : null} onOpen={open} />
    </div>
  );
}

/** Does what the address says: `?answer=ID` shows an answer, `?db=NAME&q=QUESTION` asks. */
function useAddress(start: (question: string, of: string) => void): void {
  const search = query.value;
  useEffect(() => {
    const wanted = new URLSearchParams(search);
    const [answer, of, question] = [wanted.get('answer'), wanted.get('db'), wanted.get('q')];
    if (of !== null) pickDatabase(of);
    if (answer !== null) void openAnswer(answer);
    else if (of !== null && question !== null && question.trim() !== '') {
      start(question.trim(), of);
    } else void reopenThread();
  }, [search]);
}

function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') stop();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Keeps the newest question in sight as it is asked and answered. */
function useFollowing(turns: readonly Turn[]): void {
  const before = useRef(turns.length);
  const last = turns.at(-1);
  useEffect(() => {
    const grown = turns.length > before.current;
    before.current = turns.length;
    if (!grown && last?.state !== 'answered') return;
    const card = document.querySelector('.turn:nth-last-of-type(1)');
    if (turns.length > 1 || grown) card?.scrollIntoView({ block: 'nearest' });
  }, [turns.length, last?.state]);
}

/** One sentence for screen readers. */
function announcementFor(turn: Turn, words: (typeof text)['en']): string {
  if (turn.state === 'stopped') return words.wasStopped;
  if (turn.state !== 'answered') return '';
  const { abstained, rows, trace } = turn.answer;
  if (abstained != null) return words.noAnswer(marked(abstained.reason));
  const total = trace.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return words.answeredIn(duration(total), words.rows(rows.length, number(rows.length)));
}
