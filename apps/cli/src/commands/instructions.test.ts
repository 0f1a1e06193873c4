import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { readAdapterConfig } from '@quaestor/peft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryHome, temporaryHome } from '../testing/command-line.ts';

let home: TemporaryHome;
const path = (...parts: string[]): string => join(home.folder, ...parts);
const lines = (name: string): Record<string, string>[] =>
  readFileSync(path(name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  home = await temporaryHome();
  const task = {
    templates: [
      { instruction: 'Is it good?\n{options}', input: '{text}', output: '{label}' },
      { instruction: 'What is "{text}"?', output: '{label}' },
    ],
    options: ['good', 'bad'],
    names: { label: { 1: 'good', 0: 'bad' } },
  };
  writeFileSync(path('task.json'), JSON.stringify(task));
  writeFileSync(path('reviews.csv'), 'text,label\nA fine film,1\nA dull film,0\n');
  writeFileSync(path('broken.csv'), 'text,label\nA fine film\n');
  mkdirSync(path('databases'));
  const database = new Database(path('databases', 'shop.sqlite'));
  database.exec('create table item (name text, price real); create table buyer (name text)');
  database.close();
  const questions = [
    { question: 'How many items are there?', db_id: 'shop', query: 'SELECT count(*) FROM item' },
    { question: 'Which colours?', db_id: 'shop', query: 'SELECT colour FROM item' },
  ];
  writeFileSync(path('questions.json'), JSON.stringify(questions));
});
afterAll(() => home.remove());

describe('instructions from-csv', () => {
  it('writes each row in its wordings', async () => {
    const words = ['reviews.csv', '--task', 'task.json', '--per-row', '2', '--out', 'set.jsonl'];
    const { code, out } = await home.quaestor('instructions', 'from-csv', ...words, '--json');
    expect([code, JSON.parse(out)]).toEqual([0, { file: path('set.jsonl'), rows: 2, records: 4 }]);
    expect(lines('set.jsonl')).toContainEqual({
      instruction: 'Is it good?\nOPTIONS:\n- good\n- bad',
      input: 'A dull film',
      output: 'bad',
    });
  });

  it.each([
    [['broken.csv', '--task', 'task.json'], 'row 1 has 1 cells where the header has 2'],
    [['reviews.csv', '--task', 'reviews.csv'], 'JSON'],
    [['reviews.csv', '--task', 'questions.json'], 'is no task, which looks like'],
  ])('refuses %j and writes nothing', async (words, message) => {
    const asked = ['instructions', 'from-csv', ...words, '--out', 'none.jsonl'];
    expect(await home.quaestor(...asked)).toMatchObject({
      code: 3,
      error: expect.stringContaining(message),
    });
    expect(existsSync(path('none.jsonl'))).toBe(false);
  });
});

describe('instructions from-questions', () => {
  it('shows the schema, and leaves out what does not run', async () => {
    const words = ['--questions', 'questions.json', '--databases', 'databases'];
    const asked = ['instructions', 'from-questions', ...words, '--out', 'sql.jsonl'];
    const { code, error } = await home.quaestor(...asked);
    expect([code, error]).toEqual([0, '1 left out because their SQL does not run\n']);
    const [record, ...others] = lines('sql.jsonl');
    expect(others).toEqual([]);
    expect(record?.output).toBe('select count(*) from item');
    const asking = `${record?.instruction} ${record?.input}`;
    expect(asking).toContain('item(name, price:num)');
    expect(asking).toContain('How many items are there?');
    expect(asking).not.toContain('{');
  });
});

describe('train instructions', () => {
  it('trains on records of both forms and leaves out long ones', async () => {
    const records = [
      { instruction: 'Say yes.', output: 'yes' },
      { prompt: 'A: ', completion: 'b' },
      { prompt: 'A: '.repeat(400), completion: 'b' },
    ];
    writeFileSync(path('mixed.jsonl'), records.map((one) => JSON.stringify(one)).join('\n'));
    const words = ['--records', 'mixed.jsonl', '--model', 'tiny', '--num-train-epochs', '8'];
    const method = ['--method', 'lora', '--set', 'r=2', '--learning-rate', '0.05'];
    const asked = ['train', 'instructions', ...words, ...method, '--out', 'said', '--json'];
    const { code, out, error } = await home.quaestor(...asked);
    expect([code, error.split('\n')[0]]).toEqual([
      0,
      '2 examples; 1 left out because they are too long',
    ]);
    const { folder, examples, skipped, losses } = JSON.parse(out);
    expect([examples, skipped, losses.length]).toEqual([2, 1, 8]);
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]);
    expect(readAdapterConfig(folder)).toMatchObject({
      peft_type: 'LORA',
      r: 2,
      base_model_name_or_path: 'tiny',
    });
    const again = await home.quaestor(...asked);
    expect(again).toMatchObject({ code: 3, error: expect.stringContaining('already an adapter') });
  });

  it('finds the adapters of a fusion in the hub', async () => {
    const words = ['--records', 'mixed.jsonl', '--model', 'tiny', '--max-steps', '1'];
    for (const name of ['one', 'two']) {
      const pfeiffer = ['--method', 'adapter-pfeiffer', '--set', 'bottleneck_size=2'];
      await home.quaestor('train', 'instructions', ...words, ...pfeiffer, '--out', name);
    }
    const fusion = ['--method', 'adapter-fusion', '--set', 'adapters={"a":"one","b":"two"}'];
    const fused = ['train', 'instructions', ...words, ...fusion, '--out', 'fused'];
    expect(await home.quaestor(...fused)).toMatchObject({ code: 0 });
    const { adapters } = readAdapterConfig(path('adapters', 'fused'));
    expect(Object.keys(adapters as object)).toEqual(['a', 'b']);
    const unknown = ['--method', 'adapter-fusion', '--set', 'adapters={"a":"one","b":"three"}'];
    const refused = ['train', 'instructions', ...words, ...unknown, '--out', 'none'];
    expect(await home.quaestor(...refused)).toMatchObject({
      code: 3,
      error: expect.stringContaining('There is no adapter three; there are:'),
    });
  });

  it.each(['../up', 'a/b', '.hidden'])('refuses the name %s', async (name) => {
    const words = ['--records', 'mixed.jsonl', '--model', 'tiny', '--out', name];
    expect(await home.quaestor('train', 'instructions', ...words)).toMatchObject({
      code: 3,
      error: expect.stringContaining('is no adapter name'),
    });
  });
});

describe('instructions ask', () => {
  const solved = [
    { instruction: 'Colour of the sky?', input: '', output: 'blue' },
    { instruction: 'Colour of the grass?', input: '', output: 'green' },
    { prompt: 'Sum of two and two?', completion: ' four' },
  ];
  const asked = ['instructions', 'ask', 'Colour of fresh grass?', '--examples', 'solved.jsonl'];
  const options = ['--model', 'tiny', '--count', '2'];
  beforeAll(() => {
    writeFileSync(path('solved.jsonl'), solved.map((one) => JSON.stringify(one)).join('\n'));
  });

  it('shows the likest examples last, as a conversation or as plain text', async () => {
    const chat = await home.quaestor(...asked, ...options, '--dry-run');
    expect(chat.out).toBe(
      '<|im_start|>user\nColour of the sky?<|im_end|>\n<|im_start|>assistant\nblue<|im_end|>\n' +
        '<|im_start|>user\nColour of the grass?<|im_end|>\n<|im_start|>assistant\ngreen<|im_end|>\n' +
        '<|im_start|>user\nColour of fresh grass?<|im_end|>\n<|im_start|>assistant\n\n',
    );
    const plain = ['--plain', '--instruction', 'Answer.', '--dry-run'];
    expect((await home.quaestor(...asked, ...options, ...plain)).out).toBe(
      'Answer.\n\nInput: Colour of the sky?\nOutput: blue\n\n' +
        'Input: Colour of the grass?\nOutput: green\n\nInput: Colour of fresh grass?\nOutput:\n',
    );
  });

  it('shows nothing of the examples as commands to the terminal', async () => {
    const record = { instruction: 'Sky\u001b[2J?', input: '', output: 'blue\u202e' };
    writeFileSync(path('odd.jsonl'), JSON.stringify(record));
    const words = ['instructions', 'ask', 'Grass?', '--examples', 'odd.jsonl', ...options];
    const { out } = await home.quaestor(...words, '--plain', '--dry-run');
    expect(out).toBe('Input: Sky [2J?\nOutput: blue \n\nInput: Grass?\nOutput:\n');
  });

  it('keeps to the budget and answers', async () => {
    const words = ['--model', 'tiny', '--budget', '90', '--max-tokens', '4', '--json'];
    const { code, out } = await home.quaestor(...asked, ...words);
    const { answer, demonstrations, tokens } = JSON.parse(out);
    expect([code, demonstrations, typeof answer]).toEqual([0, 1, 'string']);
    expect(tokens).toBeLessThanOrEqual(90);
  });
});

describe('instructions expand', () => {
  it('stops when a model that cannot write brings nothing, and says why', async () => {
    const seeds = { instruction: 'Name a bright colour.', input: '', output: 'red' };
    writeFileSync(path('seeds.jsonl'), JSON.stringify(seeds));
    const few = ['--patience', '1', '--prompts-per-round', '1', '--max-tokens', '8'];
    const words = ['seeds.jsonl', '--model', 'tiny', ...few, '--out', 'more.jsonl', '--json'];
    const { code, out } = await home.quaestor('instructions', 'expand', ...words);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ tasks: 0, rounds: 1, end: 'patience' }),
    ]);
    expect(readFileSync(path('more.jsonl'), 'utf8')).toBe('');
  });
});
