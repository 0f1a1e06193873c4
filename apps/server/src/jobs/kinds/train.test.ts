import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHub } from '@quaestor/peft';
import { afterAll, expect, it } from 'vitest';
import { trainKind, trainParams } from './train.ts';

const home = mkdtempSync(join(tmpdir(), 'quaestor-train-kind-'));
afterAll(() => rmSync(home, { recursive: true }));

/** An adapter's folder, as far as its card is asked for. */
function writeAdapterFor(folder: string, questions: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'adapter_config.json'), JSON.stringify({ peft_type: 'LORA' }));
  writeFileSync(join(folder, 'adapter_model.safetensors'), '');
  writeFileSync(
    join(folder, 'quaestor.json'),
    JSON.stringify({ recipe: { questions: [questions] } }),
  );
}

it('removes what its own run left, and no unfinished one of the same name', () => {
  const place = { id: 'job', folder: join(home, 'jobs', 'job') };
  const questions = join(place.folder, 'questions.json');
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(join(place.folder, 'training-data.json'), '{}');
  const runs = join(home, 'training', 'bonds');
  writeAdapterFor(join(home, 'adapters', 'bonds'), questions);
  writeAdapterFor(join(runs, 'own', 'adapter'), questions);
  mkdirSync(join(runs, 'other'));
  writeFileSync(join(runs, 'other', 'checkpoint-7.safetensors'), '');
  writeFileSync(join(runs, 'training.pid'), '');
  const kind = trainKind({ hub: openHub([join(home, 'adapters')]), home } as Parameters<
    typeof trainKind
  >[0]);
  const finish = () => kind.finished?.({ name: 'bonds' }, place);
  expect(finish()).toMatchObject({ adapter: 'bonds' });
  expect([existsSync(join(runs, 'own')), existsSync(join(runs, 'other'))]).toEqual([false, true]);
  rmSync(join(runs, 'other'), { recursive: true });
  finish();
  expect(existsSync(runs)).toBe(false);
});

it('leaves the method to the adapter that it goes on from, unless one is named', () => {
  const kind = trainKind({ hub: openHub([join(home, 'adapters')]), home } as Parameters<
    typeof trainKind
  >[0]);
  const words = (params: object) =>
    kind.command(trainParams.parse({ name: 'bonds', ...params }), { id: 'job', folder: home });
  expect(words({ from: 'scaled' })).not.toContain('--method');
  expect(words({ from: 'scaled', method: 'ia3' }).join(' ')).toContain('--method ia3');
});
