/** Figures for Prometheus; names and labels are bounded by what the program knows, never by input. */
import type { Stage } from '@quaestor/finsql';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AskQueue } from './ask/ask-queue.ts';

export interface Metrics {
  readonly registry: Registry;
  /** One request, by the route that took it. */
  request(route: string, status: number, seconds: number): void;
  stage(stage: Stage): void;
  /** @param outcome `answered`, or the code of what went wrong */
  answered(outcome: string): void;
  tokens(kind: 'prompt' | 'completion', count: number): void;
}

/** Metrics of one server; several in one process do not disturb each other. */
export function createMetrics(queue: AskQueue): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'quaestor_http_request_seconds',
    help: 'Time from a request to the end of its response',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.2, 0.5, 1, 2, 5, 10, 30, 120],
    registers,
  });
  const stages = new Histogram({
    name: 'quaestor_ask_stage_seconds',
    help: 'Time of a stage of answering',
    labelNames: ['stage'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 1, 2, 5, 20],
    registers,
  });
  const answers = new Counter({
    name: 'quaestor_answers_total',
    help: 'Questions by how they ended',
    labelNames: ['outcome'],
    registers,
  });
  const refusals = new Counter({
    name: 'quaestor_guard_refusals_total',
    help: 'Statements that the guard did not let run',
    registers,
  });
  const tokens = new Counter({
    name: 'quaestor_tokens_total',
    help: 'Tokens read and written by the language model',
    labelNames: ['kind'],
    registers,
  });
  new Gauge({
    name: 'quaestor_queue_jobs',
    help: 'Questions being answered and waiting',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'running' }, queue.running);
      this.set({ state: 'waiting' }, queue.waiting);
    },
  });
  return {
    registry,
    request: (route, status, seconds) =>
      requests.observe({ route, status: String(status) }, seconds),
    stage({ name, milliseconds, detail }) {
      stages.observe({ stage: name }, milliseconds / 1000);
      if (name === 'guard' && 'refusal' in detail && detail.refusal !== null) refusals.inc();
      if (name === 'prompt' && 'tokens' in detail) tokens.inc({ kind: 'prompt' }, detail.tokens);
      if (name === 'generate' && 'tokens' in detail) {
        tokens.inc({ kind: 'completion' }, detail.tokens);
      }
    },
    answered: (outcome) => answers.inc({ outcome }),
    tokens: (kind, count) => tokens.inc({ kind }, count),
  };
}
