import { described, formSchema, tuners } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';

const methodSchema = z.object({
  name: z.string(),
  type: z.string().apply(described, { en: 'as HF-PEFT calls it', zh: '在 HF-PEFT 中的名称' }),
  family: z.enum(['input', 'model', 'output', 'selected', 'low-rank']),
  paper: z.string(),
  parameters: z
    .string()
    .apply(described, { en: 'number of trained parameters, as a formula', zh: '训练参数量的公式' }),
  starts_at_base: z.boolean().apply(described, {
    en: 'whether an untrained adapter leaves the output of the base model as it is',
    zh: '未训练的适配器是否不改变基础模型的输出',
  }),
  learning_rate: z.number().apply(described, {
    en: 'peak that suits it, where none is given',
    zh: '适合此方法的峰值学习率，未给出时采用',
  }),
  defaults: z.record(z.string(), z.unknown()).apply(described, {
    en: 'settings that are used where none are given',
    zh: '未给出时采用的设置',
  }),
  settings: z
    .record(z.string(), z.unknown())
    .apply(described, { en: 'JSON schema of its settings', zh: '其设置的 JSON Schema' }),
});

/** The registry of tuning methods, as forms need it. */
export function methodsRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/api/methods',
    tag: 'adapters',
    summary: { en: 'List the tuning methods and their settings', zh: '列出微调方法及其设置' },
    scope: 'read',
    responses: {
      200: {
        description: { en: 'All of them', zh: '全部' },
        content: { 'application/json': z.object({ data: z.array(methodSchema) }) },
      },
    },
    handle: () => ({
      data: tuners().map((tuner) => ({
        name: tuner.name,
        type: tuner.peftType,
        family: tuner.family,
        paper: tuner.paper,
        parameters: tuner.parameterCount,
        starts_at_base: tuner.startsAtBase,
        learning_rate: tuner.learningRate,
        defaults: tuner.defaults ?? {},
        settings: formSchema(tuner.config),
      })),
    }),
  });
}
