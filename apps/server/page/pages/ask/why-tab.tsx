/** Why this SQL: what the pipeline chose, found, mended and left out, from the trace of the answer. */

import type { RetrievedTable, SampledCandidate, Stage } from '@quaestor/finsql';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { DataText } from '../../parts/data-text.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { duration, fixed, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Bar } from '../../parts/meter.tsx';
import { answerText } from './answer-text.ts';
import { errorText, pipelineText } from './pipeline-text.ts';
import { StageList } from './stage-list.tsx';
import type { KeptAnswer } from './turn.ts';

/** Tables that are shown although they were not chosen. */
const NEXT_BEST = 2;

export function WhyTab({ answer: { trace } }: { readonly answer: KeptAnswer }) {
  const { why } = useText(answerText);
  const pipeline = useText(pipelineText);
  const {
    retriever = '',
    tables = [],
    values = [],
    quantities = [],
    exemplars = [],
  } = detailOf(trace, 'retrieve') ?? {};
  const prompt = detailOf(trace, 'prompt');
  const held = detailOf(trace, 'introspect')?.values;
  const opinion = detailOf(trace, 'second-opinion');
  const repairs = detailOf(trace, 'calibrate')?.repairs ?? [];
  const total = trace.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return (
    <div class="why">
      <TableScores tables={tables} by={pipeline.retrievers[retriever]} />
      <List title={why.values} items={values}>
        {({ table, column, value }) => (
          <>
            <q>
              <DataText>{value}</DataText>
            </q>{' '}
            {why.in} <code>{`${isolated(table)}.${isolated(column)}`}</code>
          </>
        )}
      </List>
      <List title={why.quantities} items={quantities}>
        {({ text, means }) => (
          <>
            <q>
              <DataText>{text}</DataText>
            </q>{' '}
            →{' '}
            <code>
              <DataText>{means}</DataText>
            </code>
          </>
        )}
      </List>
      <List title={why.exemplars} items={exemplars}>
        {({ question, sql, similarity }) => (
          <>
            <span class="aside">{fixed(similarity)}</span>
            <DataText>{question}</DataText>
            <code class="line">{marked(sql)}</code>
          </>
        )}
      </List>
      <List title={why.mended} items={repairs}>
        {({ rule, before, after }) => (
          <>
            <span class="aside" title={rule}>
              {pipeline.rules[rule] ?? rule}
            </span>
            <del>
              <code>{isolated(before)}</code>
            </del>{' '}
            {why.became}{' '}
            <ins>
              <code>{isolated(after)}</code>
            </ins>
          </>
        )}
      </List>
      <Candidates title={why.voters} candidates={detailOf(trace, 'vote')?.candidates ?? []} />
      <Candidates title={why.second} candidates={detailOf(trace, 'repair')?.candidates ?? []} />
      <Names title={why.omitted} names={prompt?.omitted ?? []} />
      <Names title={why.omittedKeys} names={prompt?.omittedKeys ?? []} />
      <Names title={why.omittedValues} names={prompt?.omittedValues ?? []} />
      <Names
        title={why.unread}
        names={[
          ...(held?.capped ?? []).map((one) => `${one.column}: ${why.capped(number(one.held))}`),
          ...(held?.unread ?? []).map((one) => `${one.column}: ${pipeline.sqlite(one.reason)}`),
        ]}
      />
      <Fold title={why.draft} content={detailOf(trace, 'generate')?.completion} />
      <Fold title={why.opinion(opinion?.kept === true)} content={opinion?.sql ?? undefined} />
      {prompt !== undefined && (
        <Fold
          title={why.prompt(number(prompt.tokens), number(prompt.budget))}
          content={prompt.text}
        />
      )}
      <section class="times">
        <h3>{why.times(duration(total))}</h3>
        <TimeBar trace={trace} total={total} />
        <StageList stages={trace} />
      </section>
    </div>
  );
}

type DetailOf<Name extends Stage['name']> = Extract<Stage, { name: Name }>['detail'];

/** What the last stage of that name tells. */
function detailOf<Name extends Stage['name']>(
  trace: readonly Stage[],
  name: Name,
): DetailOf<Name> | undefined {
  const stage = trace.findLast((one): one is Extract<Stage, { name: Name }> => one.name === name);
  return stage?.detail as DetailOf<Name> | undefined;
}

interface TableScoresProps {
  readonly tables: readonly RetrievedTable[];
  /** What they were scored by; undefined for answers that do not tell. */
  readonly by: string | undefined;
}

/** Scores are 0 to 1; the best that did not get into the prompt are paler. */
function TableScores({ tables, by }: TableScoresProps) {
  const { why } = useText(answerText);
  const chosen = tables.filter((table) => table.chosen);
  const next = tables.filter((table) => !table.chosen).slice(0, NEXT_BEST);
  if (tables.length === 0) return null;
  return (
    <section>
      <h3>{why.tables}</h3>
      {by !== undefined && <p class="fine">{why.scoredBy(by)}</p>}
      <ul class="scores">
        {[...chosen, ...next].map(({ name, score, chosen: used, columns }) => (
          <li key={name} class={used ? undefined : 'left-out'}>
            <span class="name">
              <DataText>{name}</DataText>
            </span>
            <Bar share={score} kind={used ? 'accent' : 'pale'} />
            <span class="score">
              <span class="visually-hidden">{why.score} </span>
              {fixed(score)}
            </span>
            {columns.length > 0 && <span class="columns">{columns.map(isolated).join(', ')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ListProps<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  readonly children: (item: Item) => ComponentChildren;
}

/** A titled list, left out when there is nothing in it. */
function List<Item>({ title, items, children }: ListProps<Item>) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="facts">
        {items.map((item, index) => (
          <li key={`${index}`}>{children(item)}</li>
        ))}
      </ul>
    </section>
  );
}

interface CandidatesProps {
  readonly title: string;
  readonly candidates: readonly SampledCandidate[];
}

function Candidates({ title, candidates }: CandidatesProps) {
  const { why } = useText(answerText);
  const pipeline = useText(pipelineText);
  // Answers that were kept before candidates were counted know none.
  const all = candidates.reduce((sum, { count = 1 }) => sum + count, 0);
  return (
    <List title={title} items={candidates}>
      {({ sql, votes, error, refused }) => (
        <>
          <span class="aside">
            {error === null ? why.agree(number(votes), number(all)) : why.fails}
          </span>
          <code class="line">{marked(sql)}</code>
          {error !== null && (
            <span class="fine">{marked(errorText(error, refused, pipeline))}</span>
          )}
        </>
      )}
    </List>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <p class="names">{names.map(isolated).join(', ')}</p>
    </section>
  );
}

function Fold({
  title,
  content,
}: {
  readonly title: string;
  readonly content: string | undefined;
}) {
  if (content === undefined) return null;
  return (
    <details class="fold">
      <summary>{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{marked(content)}</pre>
    </details>
  );
}

/** One bar whose parts are as long as the stages took. */
function TimeBar({ trace, total }: { readonly trace: readonly Stage[]; readonly total: number }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const [index, { milliseconds }] of trace.entries()) {
      const part = bar.current?.children[index];
      if (part instanceof HTMLElement) part.style.flexGrow = `${milliseconds / Math.max(total, 1)}`;
    }
  }, [trace, total]);
  return (
    <div class="time-bar" aria-hidden="true" ref={bar}>
      {trace.map(({ name }, index) => (
        <span key={`${index}`} data-stage={name} />
      ))}
    </div>
  );
}
