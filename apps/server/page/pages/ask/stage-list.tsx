/** The stages of an answer: as they come, with what runs now last; and when all are done. */

import type { Stage } from '@quaestor/finsql';
import type { Wording } from '@quaestor/finsql/wording';
import { useEffect, useState } from 'preact/hooks';
import { isolated, marked } from '../../parts/direction.ts';
import { duration, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { type AnswerWords, answerText } from './answer-text.ts';
import { errorText, pipelineText } from './pipeline-text.ts';
import type { Step } from './turn.ts';

const TICK_MS = 200;
/** A step that is over sooner shows no time. */
const SOON_MS = 300;

export interface StageListProps {
  readonly stages: readonly Stage[];
  /** What runs now; null: nothing. */
  readonly step?: Step | null;
}

export function StageList({ stages, step = null }: StageListProps) {
  const words = useText(answerText);
  const pipeline = useText(pipelineText);
  return (
    <ol class="stages" aria-label={words.stages}>
      {stages.map((stage, index) => (
        <li
          key={`${index}`}
          class={stageFailed(stage) ? 'stage failed' : 'stage done'}
          data-stage={stage.name}
        >
          <span class="tick" aria-hidden="true" />
          <span class="what">{words.steps[stage.name]?.[1] ?? stage.name}</span>
          <span class="detail">{stageDetail(stage, words, pipeline)}</span>
          <span class="time">{duration(stage.milliseconds)}</span>
        </li>
      ))}
      {step !== null && <RunningStep key={`${stages.length}-${step.name}`} step={step} />}
    </ol>
  );
}

function RunningStep({ step: { name, ahead, since } }: { readonly step: Step }) {
  const words = useText(answerText);
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setPassed(performance.now() - since), TICK_MS);
    return () => clearInterval(timer);
  }, [since]);
  return (
    <li class="stage running" data-stage={name}>
      <span class="tick" aria-hidden="true" />
      <span class="what">{words.steps[name]?.[0] ?? name}</span>
      <span class="detail">{ahead !== undefined && words.ahead(ahead, number(ahead))}</span>
      <span class="time">{passed > SOON_MS && duration(passed)}</span>
    </li>
  );
}

/** SQL that did not run: the pipeline goes on and mends it. */
function stageFailed(stage: Stage): boolean {
  return stage.name === 'execute' && stage.detail.error !== undefined;
}

/** What a stage did, in a few words. */
function stageDetail(stage: Stage, words: AnswerWords, pipeline: Wording): string {
  const counted = (count: (value: number, shown: string) => string, value: number) =>
    count(value, number(value));
  switch (stage.name) {
    case 'introspect': {
      const { tables, columns } = stage.detail;
      return words.both(counted(words.tables, tables), counted(words.columns, columns));
    }
    case 'rewrite': {
      const { rule } = stage.detail;
      return rule === null ? '' : (pipeline.followUps[rule] ?? rule);
    }
    case 'retrieve': {
      const chosen = stage.detail.tables.filter((table) => table.chosen);
      return chosen.map((table) => isolated(table.name)).join(', ');
    }
    case 'prompt':
    case 'generate':
    case 'redraft':
      return counted(words.tokens, stage.detail.tokens);
    case 'second-opinion':
      return stage.detail.kept ? words.kept : words.notKept;
    case 'known-question':
      return stage.detail.kept ? words.kept : words.knownFails;
    case 'word-by-word':
      return stage.detail.agrees ? words.agrees : stage.detail.kept ? words.kept : words.draftKept;
    case 'calibrate': {
      const { length } = stage.detail.repairs;
      return length === 0 ? words.nothingToMend : counted(words.repairs, length);
    }
    case 'vote':
    case 'repair':
      return counted(words.candidates, stage.detail.candidates.length);
    case 'guard':
      return stage.detail.refusal === null
        ? words.onlyReads
        : errorText(stage.detail.refusal, stage.detail.reason, pipeline);
    case 'execute':
      return stage.detail.error === undefined
        ? counted(words.rows, stage.detail.rows ?? 0)
        : marked(pipeline.sqlite(stage.detail.error));
    case 'explain':
      return counted(words.sentences, stage.detail.sentences);
    default:
      return '';
  }
}
