/** Questions with known SQL that people brought, and what they said of answers. */
import { described, text } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';

const time = z.string().apply(described, { en: 'ISO 8601', zh: 'ISO 8601 时间' });

export const exampleState = z
  .enum(['pending', 'approved', 'rejected', 'replaced'])
  .apply(described, {
    en: 'pending → approved or rejected; replaced: a newer one answers the same question',
    zh: 'pending → approved 或 rejected；replaced：已有更新的示例回答同一问题',
  });

export const exampleSchema = component(
  'Example',
  z.object({
    id: z.string(),
    state: exampleState,
    database: z.string(),
    question: z.string(),
    sql: z.string(),
    source: z
      .enum(['correction', 'confirmation', 'entered'])
      .apply(described, { en: 'how it came about', zh: '来源' }),
    author: z
      .string()
      .apply(described, { en: 'id of the key that brought it', zh: '提交者密钥的 id' }),
    created_at: time,
    reviewer: z.string().nullable(),
    reviewed_at: time.nullable(),
    notes: z.array(text).apply(described, {
      en: 'what a reviewer should know: duplicates, questions that measure accuracy',
      zh: '审核者应知道的事：重复的示例、用于衡量准确率的问题',
    }),
    held_out: z.boolean().apply(described, {
      en: 'its question measures accuracy, so nothing is trained on it',
      zh: '其问题用于衡量准确率，因此不参与训练',
    }),
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
    sql: z
      .string()
      .nullable()
      .apply(described, { en: 'the statement that was judged', zh: '被评价的语句' }),
    comment: z.string().nullable(),
    answer_id: z.string().nullable(),
    author: z.string(),
    created_at: time,
    example_id: z
      .string()
      .nullable()
      .apply(described, { en: 'the pending example that came of it', zh: '由此产生的待审核示例' }),
  }),
);

export type Feedback = Readonly<z.output<typeof feedbackSchema>>;
