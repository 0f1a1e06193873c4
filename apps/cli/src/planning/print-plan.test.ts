import { planConfig, planTraining, readArchitecture } from '@quaestor/peft';
import { expect, it } from 'vitest';
import { printPlan } from './print-plan.ts';

const GB = 1e9;
const bfloat16 = { precision: 'bfloat16', storage: 'bfloat16' } as const;
const mixed = { precision: 'float32', storage: 'bfloat16' } as const;

it('shows both engines side by side and says which fits', async () => {
  const config = planConfig.parse({ sequence: 512 });
  const plan = planTraining(await readArchitecture('llama2-7b'), 'lora', { r: 8 }, config);
  const text = printPlan(plan, { r: 8, target_modules: ['q_proj'] }, config, bfloat16, 18 * GB);
  expect(text).toContain('4,194,304 parameters trained beside 6,738,415,616 (0.0622 %)');
  expect(text).toContain('\nwith r=8, target_modules=["q_proj"]\n');
  expect(text).toMatch(/^GB +quaestor \(bfloat16\) +transformers \(bf16, adamw\)$/m);
  expect(text).toMatch(/^weights +16\.73 +13\.49$/m);
  expect(text).toMatch(/^optimizer +0\.0336 +0\.0168$/m);
  expect(text).toContain('quaestor (bfloat16): does not fit in the 18.00 GB');
  expect(printPlan(plan, {}, config, mixed, 18 * GB)).toContain('quaestor (mixed): ');
  expect(text).toContain('transformers (bf16, adamw): fits in the 18.00 GB');
});

it('shows what offloading moves, and no engine for a family that it lacks', async () => {
  const config = planConfig.parse({ offload: 'optimizer', precision: 'fp32' });
  const plan = planTraining(await readArchitecture('bigscience/T0_3B'), 'full', {}, config);
  const text = printPlan(plan, {}, config, bfloat16, 80 * GB);
  expect(text).toMatch(/^GB +transformers \(fp32, adamw\) +its host$/m);
  expect(text).toMatch(/^optimizer +0\.0000 +22\.80$/m);
});
