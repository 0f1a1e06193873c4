import { useState } from 'preact/hooks';
import { DataText } from '../../parts/data-text.tsx';
import { ago } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { clearHistory, type HistoryEntry, history, searchHistory } from './history.ts';
import { text } from './text.ts';

export interface HistoryListProps {
  /** Answer that is shown now. */
  readonly current: string | null;
  readonly onOpen: (entry: HistoryEntry) => void;
}

/** What was asked before; a click shows the answer again. */
export function HistoryList({ current, onOpen }: HistoryListProps) {
  const words = useText(text);
  const [wanted, setWanted] = useState('');
  const found = searchHistory(history.value, wanted);
  if (history.value.length === 0) return null;
  return (
    <nav class="side-history" aria-label={words.history}>
      <div class="side-head">
        <h2 class="eyebrow">{words.history}</h2>
        <button class="quiet" type="button" onClick={clearHistory}>
          {words.clear}
        </button>
      </div>
      <input
        class="field"
        type="search"
        placeholder={words.searchHistory}
        aria-label={words.searchHistory}
        value={wanted}
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      {found.length === 0 && <p class="fine">{words.noMatch}</p>}
      <ol>
        {found.map((entry) => (
          <li key={`${entry.database} ${entry.question}`}>
            <button
              type="button"
              class={entry.failed ? 'failed' : undefined}
              aria-current={entry.id !== null && entry.id === current ? 'true' : undefined}
              onClick={() => onOpen(entry)}
            >
              <span class="question">
                <DataText>{entry.question}</DataText>
              </span>
              <span class="database">
                <DataText>{entry.database}</DataText> ·{' '}
                {entry.failed ? words.unanswered : ago(entry.asked)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
