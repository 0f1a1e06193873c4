import { formSchema, text, tuners } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';

const methodSchema = z.object({
  name: z.string(),
  type: z.string().describe('as HF-PEFT calls it'),
  family: z.enum(['input', 'model', 'output', 'selected', 'low-rank']),
  paper: z.string(),
  parameters: text.describe('number of trained parameters, as a formula'),
  starts_at_base: z
    .boolean()
    .describe('whether an untrained adapter leaves the output of the base model as it is'),
  learning_rate: z.number().describe('peak that suits it, where none is given'),
  defaults: z
    .record(z.string(), z.unknown())
    .describe('settings that are used where none are given'),
  settings: z.record(z.string(), z.unknown()).describe('JSON schema of its settings'),
});

/** The registry of tuning methods, as forms need it. */
export function methodsRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/api/methods',
    tag: 'adapters',
    summary: 'List the tuning methods and their settings',
    scope: 'read',
    responses: {
      200: {
        description: 'All of them',
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
