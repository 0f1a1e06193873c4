import { resolve } from 'node:path';
import { skeletonsOfParts } from '@quaestor/finsql';
import { DEFAULT_MODEL, findModel, modelName } from '@quaestor/peft';
import * as z from 'zod';
import { addAdapter, openAdapters } from '../adapters.ts';
import { argument, completing, defineCommand, jsonOption } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { composeByExamples } from '../lorahub/compose-by-examples.ts';
import { fewShotExamples } from '../lorahub/few-shot-examples.ts';
import { modulesToCompose } from '../lorahub/modules.ts';
import { databasesOfParts, tellSecondsDropped } from '../lorahub/parts.ts';
import { Progress } from '../progress.ts';
import { type TableOptions, table, tableOptions } from '../table.ts';

/** `quaestor hub search`: LoRAHub, the weights of adapters for a new task from a few examples of it. */
export const hubSearch = defineCommand({
  options: z.object({
    adapters: argument(
      completing(
        'adapters',
        z.array(z.string().min(1)).default([]).describe('names of LoRA adapters in the hub'),
      ),
    ),
    tag: z
      .array(z.string().min(1))
      .default([])
      .describe('also the adapters of the base model with this tag, with all of several, that fit'),
    examples: z
      .array(z.string().min(1))
      .default([])
      .describe('JSON Lines of {prompt, completion} or {instruction, input, output}'),
    questions: z
      .array(z.string().min(1))
      .default([])
      .describe('instead: JSON file of questions in Spider’s form'),
    databases: z
      .array(z.string().min(1))
      .default([])
      .describe('folder of the databases that they ask about'),
    tables: z.array(z.string()).default([]).describe('Spider’s tables.json for them'),
    out: z.string().min(1).describe('name of the composed adapter in the hub'),
    shots: z.int().positive().default(5).describe('examples, drawn at random'),
    budget: z.int().positive().default(40).describe('compositions to try'),
    bounds: z.number().positive().default(1.5).describe('largest magnitude of a weight'),
    regularization: z.number().min(0).default(0.05).describe('weight of mean |w| beside the loss'),
    algorithm: z
      .enum(['cobyla', 'one-plus-one', 'cma-es', 'differential-evolution'])
      .optional()
      .describe('search; default: what suits the number of adapters and the budget'),
    model: completing(
      'models',
      z.string().min(1).optional().describe('base model; default: that of the first adapter'),
    ),
    seed: z.int().default(42).describe('seed of the examples drawn and of the search'),
    replace: z.boolean().default(false).describe('replace an adapter of that name'),
    json: jsonOption,
  }),
  examples: [
    'hub search funds bonds shares --examples few.jsonl --out mixed',
    'hub search --tag text-to-sql --questions few.json --databases databases --out for-these',
  ],
  run: async (asked, terminal) => {
    const hub = openAdapters();
    hub.expectFree(asked.out, asked);
    const [named] = asked.adapters.map((name) => hub.get(name));
    const examples = asked.examples.map((file) => resolve(terminal.cwd, file));
    const encode = await fewShotExamples({ ...asked, examples }, { ...asked, cwd: terminal.cwd });
    const progress = new Progress(terminal);
    const base = asked.model ?? named?.baseModel ?? DEFAULT_MODEL;
    const here = findModel(base);
    const { modules: entries, leftOut } = modulesToCompose(
      asked.adapters,
      asked.tag,
      here === null ? base : modelName(here),
    );
    if (leftOut.length > 0) {
      progress.line(
        `left out, for they cannot be composed with ${entries[0]?.name}: ${leftOut.join(', ')}`,
      );
    }
    tellSecondsDropped(entries, progress);
    const model = await openBaseModel(base, terminal);
    try {
      progress.update({ en: 'building prompts', zh: '正在生成提示词' });
      const shots = encode(model);
      const { signal } = terminal;
      const { algorithm, budget, bounds, regularization, seed } = asked;
      const found = await composeByExamples(
        model,
        entries,
        shots,
        { budget, bounds, regularization, seed, signal, ...(algorithm && { algorithm }) },
        progress,
      );
      const { weights, loss, baseLoss } = found;
      const names = entries.map(({ name }) => name);
      const recipe = {
        ...{ adapters: names, weights, algorithm: found.algorithm, budget, bounds, regularization },
        ...{ examples: asked.examples, questions: asked.questions, shots: shots.length },
        ...skeletonsOfParts(entries.map(({ card }) => card)),
      };
      const card = {
        description: {
          en: `LoRAHub composition of ${names.join(', ')} by ${shots.length} ${shots.length === 1 ? 'example' : 'examples'}`,
          zh: `由 ${names.join('、')} 用 LoRAHub 组合而成，依据 ${shots.length} 个示例`,
        },
        tags: [...new Set(entries.flatMap(({ tags }) => tags))],
        databases: databasesOfParts(entries),
        recipe,
        seed,
        scores: { few_shot_loss: loss, few_shot_loss_of_base: baseLoss },
        created: new Date().toISOString().slice(0, 10),
      };
      const content = { config: found.config, tensors: found.state, card };
      const better = weights.some((weight) => weight !== 0);
      const folder = better ? addAdapter(content, asked.out, asked).path : null;
      const result = { folder, baseLoss, loss, objective: found.value, ...recipe };
      progress.clear();
      terminal.stdout.write(
        asked.json
          ? `${JSON.stringify({ ...result, trace: found.trace }, null, 2)}\n`
          : weightsTable(names, weights, tableOptions(terminal)),
      );
      if (folder === null) {
        const message = {
          en: 'No composition does better than the base model; nothing was written.',
          zh: '没有比基础模型更好的组合，因此没有写入适配器。',
        };
        progress.line(message);
        const { en, zh } = message;
        progress.record({ type: 'error', code: 'not-better', message: en, chinese: zh });
      } else {
        const change = `${baseLoss.toFixed(4)} → ${loss.toFixed(4)}`;
        progress.line({ en: `loss ${change}: ${folder}`, zh: `损失 ${change}：${asked.out}` });
      }
      return better ? 0 : 1;
    } finally {
      progress.clear();
      model.dispose();
    }
  },
});

function weightsTable(
  names: readonly string[],
  weights: readonly number[],
  options: TableOptions,
): string {
  const rows = names.map((name, i) => [name, Number((weights[i] as number).toFixed(4))]);
  return table(['adapter', 'weight'], rows, options);
}
