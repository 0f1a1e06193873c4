/** Questions with known SQL that people brought, and what they said of answers. */
import { text } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';

const time = z.string().describe('ISO 8601');

export const exampleState = z
  .enum(['pending', 'approved', 'rejected', 'replaced'])
  .describe('pending → approved or rejected; replaced: a newer one answers the same question');

export const exampleSchema = component(
  'Example',
  z.object({
    id: z.string(),
    state: exampleState,
    database: z.string(),
    question: z.string(),
    sql: z.string(),
    source: z.enum(['correction', 'confirmation', 'entered']).describe('how it came about'),
    author: z.string().describe('id of the key that brought it'),
    created_at: time,
    reviewer: z.string().nullable(),
    reviewed_at: time.nullable(),
    notes: z
      .array(text)
      .describe('what a reviewer should know: duplicates, questions that measure accuracy'),
    held_out: z.boolean().describe('its question measures accuracy, so nothing is trained on it'),
  }),
);

export type Example = Readonly<z.output<typeof exampleSchema>>;
export type ExampleState = z.output<typeof exampleState>;

export const feedbackSchema = component(
  'Feedback',
  z.object({
    id: z.string(),
    verdict: z.enum(['up', 'down']),
    database: z.string(),
    question: z.string(),
    sql: z.string().nullable().describe('the statement that was judged'),
    comment: z.string().nullable(),
    answer_id: z.string().nullable(),
    author: z.string(),
    created_at: time,
    example_id: z.string().nullable().describe('the pending example that came of it'),
  }),
);

export type Feedback = Readonly<z.output<typeof feedbackSchema>>;
