import { join } from 'node:path';
import { writeAdapter } from '@quaestor/peft';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TemporaryHome, temporaryHome } from '../testing/command-line.ts';

let home: TemporaryHome;
beforeAll(async () => {
  home = await temporaryHome();
});
afterAll(() => home.remove());

it('shows a recipe by its fields, the beginning of each, and all of it as JSON', async () => {
  const card = { recipe: { method: 'lora', sets: Array(1000).fill('questions.json') } };
  const tensors = new Map([['prompt_embeddings', { shape: [1], data: new Float32Array(1) }]]);
  const config = { peft_type: 'PROMPT_TUNING' };
  writeAdapter(join(home.folder, 'adapters', 'mine'), config, tensors, { card });
  const { out } = await home.quaestor('hub', 'show', 'mine');
  expect(out).toMatch(/^mine: PROMPT_TUNING, 0\.1 kB\n/);
  expect(out).toMatch(/\nrecipe \(--json has it in full\)\n {2}method: lora\n {2}sets: \["q.*…\n$/);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(200);
  const whole = await home.quaestor('hub', 'show', 'mine', '--json');
  expect(JSON.parse(whole.out).card.recipe).toEqual(card.recipe);
});

it('prints nothing of a card or a base model as commands to the terminal', async () => {
  const odd = 'a\u001b[2J\nfolder /etc\u202eb\u009bc';
  const card = { description: odd, tags: [odd], databases: [odd], recipe: { [odd]: odd } };
  const tensors = new Map([['prompt_embeddings', { shape: [1], data: new Float32Array(1) }]]);
  const config = { peft_type: 'PROMPT_TUNING', base_model_name_or_path: odd };
  writeAdapter(join(home.folder, 'adapters', 'odd'), config, tensors, {
    card: { ...card, scores: { [odd]: 1 } },
  });
  const { out } = await home.quaestor('hub', 'show', 'odd');
  expect(out).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
  expect(out.split('\n').filter((line) => line.startsWith('folder'))).toHaveLength(1);
});
