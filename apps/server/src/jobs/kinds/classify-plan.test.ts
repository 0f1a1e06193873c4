import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ClassifierStore } from '../../classifiers/classifier-store.ts';
import { UploadStore } from '../../uploads/upload-store.ts';
import { classifyParams } from './classify-params.ts';
import { type ClassifyTools, planOf, settlePlan } from './classify-plan.ts';

const home = mkdtempSync(join(tmpdir(), 'quaestor-plan-'));
afterAll(() => rmSync(home, { recursive: true }));

it('gives what people write to the command line in one word with its option', async () => {
  const uploads = new UploadStore(home, 1e6);
  const id = `upload_${'0'.repeat(18)}`;
  const text = '-id,size,-change\n1,2,\n';
  writeFileSync(join(home, 'uploads', `${id}.data`), text);
  const note = { id, name: 't.csv', format: 'csv', bytes: text.length, created_at: '2025-01-01' };
  writeFileSync(join(home, 'uploads', `${id}.json`), JSON.stringify(note));
  const params = classifyParams.parse({
    ...{ upload: id, target: '-change', id: '-id', group: '-id', classes: ['-a', '-b'] },
    ...{ question: '--what is it?', trees: 20, tabular: true },
  });
  const place = { id: 'job', folder: join(home, 'jobs', 'job') };
  mkdirSync(place.folder, { recursive: true });
  const classifiers = new ClassifierStore(home);
  await settlePlan(params, { uploads, classifiers } as ClassifyTools, place);
  expect(planOf(place).words).toEqual([
    ...['--target=-change', '--trees', '20', '--id=-id', '--group=-id', '--classes=-a,-b'],
    ...['--question=--what is it?', '--tabular'],
  ]);
});
