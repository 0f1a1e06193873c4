import * as z from 'zod';
import { RULES } from './calibrate/calibrate.ts';

/** How an answer is drafted and tried again; answering and evaluating share it. */
export const answerConfig = z.object({
  budget: z
    .int()
    .min(100)
    .optional()
    .describe('tokens of a prompt; by default 280, or 450 where few questions are known'),
  nearValues: z
    .boolean()
    .default(false)
    .describe('show stored values that the question nearly spells'),
  maxTokens: z.int().positive().default(160).describe('tokens of a completion'),
  candidates: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe('drafts of the first try that vote by their results: the likeliest and sampled ones'),
  knownQuestions: z
    .boolean()
    .default(true)
    .describe(
      'answer a question that is known, or known but for a text, a number or a period, by its statement',
    ),
  secondDraft: z
    .boolean()
    .default(true)
    .describe('write a second draft beside the exemplar nearest to the first, and keep the better'),
  secondOpinion: z
    .boolean()
    .default(true)
    .describe('let the second adapter, where there is one, write what the first is not sure of'),
  wordByWord: z
    .boolean()
    .default(true)
    .describe(
      'prefer a statement read off the question word by word, where no word is left over and the model is not sure or knows few questions of the database',
    ),
  samples: z
    .int()
    .min(0)
    .max(32)
    .default(10)
    .describe(
      'candidates of a second try, after an SQL error or where nothing is found; 0: no second try',
    ),
  temperature: z.number().positive().default(0.7).describe('temperature of sampled candidates'),
  constrained: z
    .boolean()
    .default(false)
    .describe('write only SQL that the grammar and the names of the database allow'),
  withoutRules: z
    .array(z.enum(RULES.map(({ name }) => name)))
    .default([])
    .describe('rules of calibration that are switched off, by name'),
  seed: z.int().default(1).describe('seed of sampled candidates'),
});
