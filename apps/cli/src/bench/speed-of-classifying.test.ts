import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LanguageModel, loadEngine, openLanguageModel } from '@quaestor/peft';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCharacterModel } from '../testing/character-model.ts';
import { notesOfLength } from './speed-of-classifying.ts';

const folder = mkdtempSync(join(tmpdir(), 'notes-of-length-'));
let model: LanguageModel;
beforeAll(async () => {
  await loadEngine();
  writeCharacterModel(folder);
  model = await openLanguageModel(folder, { precision: 'float32' });
});
afterAll(() => {
  model.dispose();
  rmSync(folder, { recursive: true });
});

it('makes prompts of one length, each from its row and those after it', () => {
  const notes = ['The age is 31.', 'The age is 8.', 'The job is none.'];
  const lengthened = notesOfLength(model, notes, 'Yes?', 60);
  const prompts = lengthened.map((note) => `${note}\n\nYes? Answer:`);
  // A character is a token here.
  expect(prompts.map((prompt) => model.tokenizer?.encode(prompt).length)).toEqual([60, 60, 60]);
  expect(lengthened[0]).toMatch(/^The age is 31\. The age is 8\. The job/);
  expect(lengthened[2]).toMatch(/^The job is none\. The age is 31\./);
});
