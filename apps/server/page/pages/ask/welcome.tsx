/** What is shown before anything was asked: questions to click on, and what the database holds. */

import type { Table } from '@quaestor/finsql';
import { useState } from 'preact/hooks';
import { DataText } from '../../parts/data-text.tsx';
import { marked } from '../../parts/direction.ts';
import { number } from '../../parts/format.ts';
import { language, useText } from '../../parts/language.ts';
import type { DatabaseDetail } from './databases.ts';
import { openTable } from './opened-table.ts';
import { readable } from './schema-fold.tsx';
import { examplePages } from './suggestions.ts';
import { text } from './text.ts';

const OVERVIEW_TABLES = 12;

export interface ExamplesProps {
  readonly questions: readonly string[];
  readonly onPick: (question: string) => void;
}

/** A few questions at a time; “More examples” goes on to the next few. */
export function Examples({ questions, onPick }: ExamplesProps) {
  const words = useText(text);
  const [page, setPage] = useState(0);
  const pages = examplePages(questions, language.value);
  const shown = pages[page % Math.max(1, pages.length)];
  if (shown === undefined) return null;
  return (
    <section class="example-questions" aria-label={words.examples}>
      {shown.map((question) => (
        <button key={question} class="chip" type="button" onClick={() => onPick(question)}>
          {marked(question)}
        </button>
      ))}
      {pages.length > 1 && (
        <button class="quiet" type="button" onClick={() => setPage((page + 1) % pages.length)}>
          {words.moreExamples}
        </button>
      )}
    </section>
  );
}

/** The first tables; a click shows one in the fold. */
export function Overview({ detail }: { readonly detail: DatabaseDetail }) {
  const words = useText(text);
  const { tables } = detail;
  const rest = tables.length - OVERVIEW_TABLES;
  if (tables.length === 0) return null;
  return (
    <section class="overview" aria-labelledby="overview-title">
      <h2 class="eyebrow" id="overview-title">
        {words.overview}
      </h2>
      <ul>
        {tables.slice(0, OVERVIEW_TABLES).map((table) => (
          <OverviewTable key={table.name} table={table} />
        ))}
      </ul>
      {rest > 0 && <p class="fine">{words.more(rest)}</p>}
    </section>
  );
}

function OverviewTable({ table: { name, comment, rowCount } }: { readonly table: Table }) {
  const words = useText(text);
  return (
    <li>
      <button type="button" onClick={() => openTable(name)}>
        <span class="name">
          <DataText>{name}</DataText>
        </span>
        {comment !== '' && (
          <span class="comment">
            <DataText>{readable(comment)}</DataText>
          </span>
        )}
        {rowCount !== undefined && (
          <span class="amount">{words.rows(rowCount, number(rowCount))}</span>
        )}
      </button>
    </li>
  );
}
