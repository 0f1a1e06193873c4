/** What went wrong, what to know, and what is not there yet; each with what to do next. */

import type { ComponentChildren } from 'preact';
import { marked } from './direction.ts';
import { useText } from './language.ts';
import { toProblem } from './problem.ts';

const text = {
  en: { retry: 'Try again', request: (id: string) => `Request ${id}` },
  zh: { retry: '重试', request: (id: string) => `请求 ${id}` },
};

export interface ProblemNoticeProps {
  readonly problem: unknown;
  /** Offers to try again. */
  readonly onRetry?: (() => void) | undefined;
  readonly retryLabel?: string | undefined;
  /** Whether trying again has to wait. */
  readonly retryDisabled?: boolean;
  /** More to do. */
  readonly children?: ComponentChildren;
}

/** An error, read out at once. */
export function ProblemNotice({
  problem,
  onRetry,
  retryLabel,
  retryDisabled,
  children,
}: ProblemNoticeProps) {
  const words = useText(text);
  const { detail, errors, code, requestId } = toProblem(problem);
  return (
    <div class="problem" role="alert">
      <p>{marked(detail)}</p>
      {errors.length > 1 && (
        <ul>
          {errors.map((error) => (
            <li key={error}>{marked(error)}</li>
          ))}
        </ul>
      )}
      {code === 'internal' && requestId !== null && <p class="fine">{words.request(requestId)}</p>}
      {(onRetry !== undefined || children !== undefined) && (
        <div class="actions">
          {onRetry !== undefined && (
            <button class="quiet" type="button" disabled={retryDisabled} onClick={onRetry}>
              {retryLabel ?? words.retry}
            </button>
          )}
          {children}
        </div>
      )}
    </div>
  );
}

export interface NoticeProps {
  /** `warning`: to be read before trusting what is shown; `success`: it worked. */
  readonly kind?: 'info' | 'warning' | 'success';
  readonly children: ComponentChildren;
}

/** Something to know. */
export function Notice({ kind = 'info', children }: NoticeProps) {
  return (
    <div class="notice" data-kind={kind} role="status">
      {children}
    </div>
  );
}

export interface EmptyProps {
  readonly title: string;
  /** What to do to have something here. */
  readonly children?: ComponentChildren;
}

/** Nothing is here yet. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div class="empty-state">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}
