import { described } from '@quaestor/peft';
import * as z from 'zod';
import type { AdapterDesk } from '../adapters/adapter-desk.ts';
import { activationSchema, BASE_MODEL } from '../adapters/adapter-records.ts';
import { defineRoute, type Route } from '../api/route.ts';

const tag = 'adapters';
const params = z.strictObject({ name: z.string().max(100) });

const activateBody = z.strictObject({
  force: z.boolean().default(false).apply(described, {
    en: 'even if it scores lower than the one that answers, or was not scored',
    zh: '即使它的成绩低于当前使用的适配器，或尚未评测',
  }),
});

const changed = z.object({
  active: z.string().nullable().apply(described, {
    en: 'what answers now; null: the base model alone',
    zh: '现在由谁回答；null：仅基础模型',
  }),
  by_hand: z.boolean().apply(described, {
    en: 'whether it answers questions about every database; else those that an adapter is made for are answered by that one',
    zh: '是否由它回答所有数据库的问题；否则有专用适配器的数据库由其专用适配器回答',
  }),
  before: z.string().nullable(),
  compared: z
    .array(z.object({ set: z.string(), candidate: z.number(), active: z.number() }))
    .readonly(),
});
const changeErrors = [
  ...(['conflict', 'mismatch', 'bad-file'] as const),
  ...(['model-loading', 'model-failed', 'too-busy'] as const),
] as const;
const change = {
  200: { description: { en: 'Done', zh: '已完成' }, content: { 'application/json': changed } },
};

/** Which adapter answers, and which ones have. */
export function activationRoutes(desk: AdapterDesk): readonly Route[] {
  const activate = defineRoute({
    method: 'post',
    path: '/api/adapters/{name}/activate',
    tag,
    summary: {
      en: 'Answer with this adapter from the next question on',
      zh: '从下一个问题起用这个适配器回答',
    },
    description: {
      en: `It answers questions about every database, until it is released. Refused, unless forced, for one that scores lower than the one that answers. ${BASE_MODEL} is the base model alone.`,
      zh: `它将回答所有数据库的问题，直到取消手动启用。成绩低于当前使用的适配器时会被拒绝，除非强制启用。${BASE_MODEL} 表示仅用基础模型。`,
    },
    scope: 'admin',
    params,
    body: activateBody,
    responses: change,
    errors: ['not-found', 'scores-lower', 'not-compared', ...changeErrors],
    handle: ({ params: { name }, body: { force }, client }) =>
      desk.activate(name === BASE_MODEL ? null : name, { force, author: client.id }),
  });

  const rollBack = defineRoute({
    method: 'post',
    path: '/api/activations/roll-back',
    tag,
    summary: { en: 'Answer with the adapter that answered before', zh: '恢复使用前一个适配器' },
    description: {
      en: 'Or with that of each database, if no adapter had been activated by hand before.',
      zh: '如果之前没有手动启用适配器，则恢复为各数据库由其专用适配器回答。',
    },
    scope: 'admin',
    responses: change,
    errors: changeErrors,
    handle: ({ client }) => desk.rollBack(client.id),
  });

  const release = defineRoute({
    method: 'post',
    path: '/api/activations/release',
    tag,
    summary: {
      en: 'Answer each database with its own adapter again',
      zh: '恢复由各数据库的专用适配器回答',
    },
    description: {
      en: 'Gives the choice back that was made by activating an adapter. Databases that no adapter is made for are answered by the one for all.',
      zh: '取消手动启用的适配器。没有专用适配器的数据库由通用适配器回答。',
    },
    scope: 'admin',
    responses: change,
    errors: changeErrors,
    handle: ({ client }) => desk.release(client.id),
  });

  const history = defineRoute({
    method: 'get',
    path: '/api/activations',
    tag,
    summary: {
      en: 'List which adapters have answered, newest first',
      zh: '列出先后使用过的适配器，最新的在前',
    },
    scope: 'read',
    responses: {
      200: {
        description: { en: 'The last hundred', zh: '最近一百条' },
        content: {
          'application/json': z.object({
            now: changed.pick({ active: true, by_hand: true }),
            data: z.array(activationSchema),
          }),
        },
      },
    },
    handle: () => ({
      now: desk.now(),
      data: desk.history().map(({ fingerprint: _own, ...shown }) => shown),
    }),
  });

  return [rollBack, release, activate, history];
}
