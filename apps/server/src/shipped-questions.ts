import { DEMO_EXEMPLARS, DEMO_HELD_OUT } from '@quaestor/finsql';
import type { ServerOptions } from './config.ts';
import { inRepository } from './repository.ts';

/** The questions that come with the product, for every program that answers by them. */
export const SHIPPED_QUESTIONS = {
  // Offered are questions whose SQL is known: a first click is to succeed. The held-out ones measure.
  questions: [inRepository(DEMO_EXEMPLARS[0])],
  exemplars: DEMO_EXEMPLARS.map(inRepository),
  evaluationSets: { demo: inRepository(DEMO_HELD_OUT) },
} satisfies ServerOptions;
