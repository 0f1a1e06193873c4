import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCharacterModel } from '../testing/character-model.ts';
import { runIn } from '../testing/command-line.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-classify-'));
  const lines = Array.from({ length: 60 }, (_, i) => {
    const [size, colour] = [(i * 37) % 60, i % 2 ? 'red' : 'blue'];
    return `u-${i},${size},${colour},${size > 29 ? 'large' : 'small'}`;
  });
  writeFileSync(join(folder, 'train.csv'), ['id,size_cm,colour,kind', ...lines].join('\n'));
  const rest = ['=1+1,58,red,large', 'x,2,green,small', 'y,55'];
  writeFileSync(join(folder, 'new.csv'), ['id,size_cm,colour,kind', ...rest].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const quaestor = (...words: string[]) => {
  const trees = words.includes('--model') ? [] : ['--trees', '30'];
  return runIn(folder, ['classify', ...words, '--tabular', ...trees]);
};

describe('quaestor classify', () => {
  const common = ['new.csv', '--target', 'kind', '--train', 'train.csv', '--id', 'id'];

  it('prints one row for each row, in order, with what is wrong with it', async () => {
    const { code, out } = await quaestor(...common);
    const [header, ...rows] = out.trim().split('\n');
    expect([code, header]).toEqual([0, 'id,prediction,p_large,p_small,margin,warnings']);
    expect(rows.map((row) => row.split(',').slice(0, 2).join())).toEqual([
      '"\'=1+1",large',
      'x,small',
      'y,large',
    ]);
    expect(rows[2]).toMatch(/,has 2 cells where the header has 4$/);
  });

  it('writes a file and nothing else, and tells how good it was', async () => {
    const { code, out, error } = await quaestor(...common, '--out', 'o.csv');
    expect([code, out]).toEqual([0, '']);
    expect(error).toMatch(
      /3 rows, .* learned from 60.*On 60 labelled rows that the models had not seen: AUC 1\.00 \(.*Of 2 rows the label is known:.*auc +1\.000/s,
    );
    expect(readFileSync(join(folder, 'o.csv'), 'utf8').split('\n')).toHaveLength(5);
    expect(readdirSync(folder).sort()).toEqual(['new.csv', 'o.csv', 'train.csv']);
  });

  it('says so where every row has a label, unless a model is what is wanted', async () => {
    const all = ['train.csv', '--target', 'kind'];
    expect(await quaestor(...all)).toMatchObject({
      code: 0,
      error: expect.stringMatching(
        /^0 rows, .*\nNo row is left to predict, .* give this one by --train\./m,
      ),
    });
    const { error } = await quaestor(...all, '--save', './kept');
    expect(error).not.toContain('No row is left');
    rmSync(join(folder, 'kept'), { recursive: true });
  });

  it('does not read standard input', async () => {
    const { code, error } = await quaestor('-', '--target', 'kind', '--train', '-');
    expect(code).toBe(2);
    for (const what of ['<file>', '--train']) {
      expect(error).toContain(
        `${what} is -, but standard input is not read: save the rows as a CSV`,
      );
    }
  });

  it('prints JSON', async () => {
    const { out } = await quaestor(...common, '--json');
    const result = JSON.parse(out) as { predictions: { prediction: string }[]; language: string };
    expect(result.predictions.map(({ prediction }) => prediction)).toEqual([
      'large',
      'small',
      'large',
    ]);
    expect(result).toMatchObject({
      classes: ['large', 'small'],
      labelled: 60,
      language: 'not asked',
      held: { kind: 'classes', rows: 60, figures: { auc: { value: 1, low: 1, high: 1 } } },
    });
    expect(result).not.toHaveProperty('importance');
  });

  it('warns in English, and a server in each language', async () => {
    writeFileSync(join(folder, 'odd.csv'), 'size_cm,colour,more,kind\n91,red,1,\n90,blue\n');
    const words = ['odd.csv', '--target', 'kind', '--train', 'labels.csv', '--json', '--tabular'];
    const more = 'column more was not learned from and is not used';
    const cells = 'has 2 cells where the header has 4';
    writeFileSync(
      join(folder, 'labels.csv'),
      readFileSync(join(folder, 'train.csv'), 'utf8').replaceAll(/^[^,]*,/gm, ''),
    );
    const plain = await runIn(folder, ['classify', ...words]);
    expect(JSON.parse(plain.out)).toMatchObject({
      warnings: [more],
      predictions: [{ warnings: [] }, { warnings: [cells] }],
    });
    expect(plain.error).toMatch(/^warning: column more was not/m);
    const env = { QUAESTOR_PROGRESS: 'json' };
    const told = await runIn(folder, ['classify', ...words], undefined, env);
    const both = { en: more, zh: '列“more”没有学习过，不会用到' };
    expect(JSON.parse(told.out)).toMatchObject({
      warnings: [both],
      predictions: [{ warnings: [] }, { warnings: [cells] }],
    });
    expect(told.error.split('\n').map((line) => line && JSON.parse(line))).toContainEqual({
      type: 'log',
      text: { en: `warning: ${both.en}`, zh: `请注意：${both.zh}` },
    });
    writeFileSync(join(folder, 'odd.csv'), 'size_cm,colour\nabc,Red\nabd,RED\n');
    const late = await runIn(folder, ['classify', ...words]);
    const unread =
      "size_cm: 2 of 2 cells are no numbers as learned, e.g. row 1 'abc', and are taken as missing";
    expect(JSON.parse(late.out)).toMatchObject({ warnings: [unread] });
    expect(late.error).toContain(`warning: ${unread}`);
    for (const file of ['odd.csv', 'labels.csv']) rmSync(join(folder, file));
  });

  it('shows what a language model would read', async () => {
    const { out: columns } = await quaestor(...common, '--dry-run');
    expect(columns).toBe(
      [
        '--- column size_cm',
        'What is the kind? large or small? Answer: large, because the size is',
        'What is the kind? large or small? Answer: small, because the size is',
        ' … low. | high.',
        '--- column colour',
        'What is the kind? large or small? Answer: large, because the colour is',
        'What is the kind? large or small? Answer: small, because the colour is',
        ' … red. | blue. | green.\n',
      ].join('\n'),
    );
    const { out } = await quaestor(...common, '--dry-run', '--serialiser', 'text-template');
    expect(out).toContain(
      '--- row 2\nThe size is 2 cm. The colour is green.\n\nWhat is the kind? large or small? Answer:\n',
    );
    writeFileSync(join(folder, 'template.txt'), 'A {colour} one of {size_cm} cm.');
    const templated = await quaestor(...common, '--dry-run', '--template', 'template.txt');
    expect(templated.out).toContain('--- row 1\nA red one of 58 cm.\n\nWhat');
    writeFileSync(join(folder, 'template.txt'), 'A {colour}\u001b[2J one\u202e.');
    const odd = await quaestor(...common, '--dry-run', '--template', 'template.txt');
    expect(odd.out).toContain('--- row 1\nA red [2J one .\n');
    rmSync(join(folder, 'template.txt'));
  });

  it('asks a language model about the columns, once, and needs it no more', async () => {
    writeCharacterModel(join(folder, 'tiny'));
    const asking = (...words: string[]) =>
      runIn(folder, ['classify', 'new.csv', ...words, '--language-model', join(folder, 'tiny')]);
    const none = ['--target', 'kind', '--classes', 'large,small', '--id', 'id'];
    writeFileSync(join(folder, 'unknown.csv'), 'size_cm,colour\n3,red\n50,blue\n9,red\n70,blue\n');
    const zero = await runIn(folder, [
      ...['classify', 'unknown.csv', '--target', 'kind', '--classes', 'large,small'],
      ...['--language-model', join(folder, 'tiny'), '--save', './zero'],
    ]);
    expect(zero.error).toContain(
      'Without labels, the language model decided alone.\nNothing tells whether the order is right',
    );
    const again = await runIn(folder, [
      'classify',
      'unknown.csv',
      '--model',
      './zero',
      '--tabular',
    ]);
    expect(again.out).toBe(zero.out);
    const few = ['--train', 'few.csv', '--trees', '10'];
    const lines = readFileSync(join(folder, 'train.csv'), 'utf8').split('\n');
    writeFileSync(join(folder, 'few.csv'), lines.slice(0, 5).join('\n'));
    expect((await asking(...none, ...few)).error).toMatch(
      /learned from 4\.\nWhat the language model expects of the columns counts with weight 0\.\d\d\.\nToo few labels/,
    );
    const { out } = await asking(
      '--target',
      'kind',
      '--train',
      'train.csv',
      '--json',
      '--trees',
      '10',
    );
    expect(JSON.parse(out).language).toMatchObject({ rows: 60, weight: expect.any(Number) });
    for (const name of ['unknown.csv', 'few.csv']) rmSync(join(folder, name));
    for (const name of ['zero', 'tiny']) rmSync(join(folder, name), { recursive: true });
  });

  it('takes what a language model said another time in place of one', async () => {
    const said = {
      ...{ target: 'kind', classes: ['small', 'huge', 'large'], question: 'What kind?' },
      words: ['small', 'huge', 'large'],
      columns: [
        {
          ...{ column: 'size_cm', name: 'size', values: ['low', 'high'], cells: null },
          scores: [
            [-2, -9, -4],
            [-4, -1, -2],
          ],
        },
      ],
    };
    const ask = (content: unknown, ...words: string[]) => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      writeFileSync(join(folder, 'said.json'), text);
      const given = ['--target', 'kind', '--expectations', 'said.json', '--trees', '10'];
      return runIn(folder, ['classify', 'sizes.csv', ...given, ...words]);
    };
    writeFileSync(join(folder, 'sizes.csv'), 'size_cm,colour\n3,red\n50,blue\n9,red\n70,blue\n');
    const classes = ['--classes', 'large,small'];
    const zero = await ask(said, ...classes);
    expect(zero.error).toContain('Without labels, the language model decided alone.');
    const labels = zero.out.split('\n').map((row) => row.split(',')[1]);
    expect(labels.slice(1, 5)).toEqual(['small', 'large', 'small', 'large']);
    const table = 'size_cm,colour,kind\n3,red,\n50,blue,\n9,red,\n70,blue,\n';
    writeFileSync(join(folder, 'one.csv'), `${table}60,blue,large\n`);
    const one = [
      'classify',
      'one.csv',
      '--target',
      'kind',
      ...classes,
      '--expectations',
      'said.json',
    ];
    const single = await runIn(folder, one);
    expect(single.error).toContain('has the label large only, which nothing can be learned from');
    expect(single.error).toContain('Without labels, the language model decided alone.');
    expect(single.out.split('\n').map((row) => row.split(',')[1])).toEqual(labels);
    const alone = await runIn(folder, [...one.slice(0, 4), '--tabular']);
    expect(alone.error).toContain('rows of at least two classes are needed. Label some of each.');
    rmSync(join(folder, 'one.csv'));
    const lines = readFileSync(join(folder, 'train.csv'), 'utf8').split('\n');
    const few = lines.slice(0, 5).map((line) => line.split(',').slice(1).join());
    writeFileSync(join(folder, 'few.csv'), few.join('\n'));
    expect((await ask(said, '--train', 'few.csv')).error).toMatch(
      /learned from 4\.\nWhat the language model expects of the columns counts with weight 0\.[1-9]/,
    );

    expect((await ask(said, ...classes, '--read-text', '100')).out).toEqual(zero.out);
    expect((await ask(said, ...classes, '--tabular')).error).toContain('leave out --tabular');

    const [column] = said.columns;
    for (const [content, why] of [
      ['{"target":', /said\.json is not JSON/],
      [
        { ...said, columns: [{ ...column, scores: [[1, 2, 3]] }] },
        /expected a list for each value/,
      ],
      [{ ...said, target: 'price' }, /expected target kind, got price\. Leave out --expect/],
      [
        { ...said, columns: [{ ...column, column: 'weight' }] },
        /another table: expected columns among size_cm, colour, got weight\./,
      ],
      [
        { ...said, classes: ['small', 'huge', 'tiny'] },
        /expected classes large, small, got small, huge, tiny\./,
      ],
    ] as const) {
      const { code, error } = await ask(content, ...classes);
      expect(error).toMatch(why);
      expect(code).toBe(3);
    }
    expect(await ask(said, ...classes, '--tabular', '--language-model', 'x')).toMatchObject({
      code: 2,
      error: expect.stringContaining('leave out --tabular, --language-model'),
    });
    for (const name of ['said.json', 'sizes.csv', 'few.csv']) rmSync(join(folder, name));
  });

  it('has a language model read free text, which the saved model needs again', async () => {
    writeCharacterModel(join(folder, 'tiny'));
    const kinds = ['KRTXZ', 'aeilo'].map((letters) => [...letters]);
    // Words that no two rows share, of letters that tell.
    const word = (i: number, j: number) =>
      Array.from({ length: 5 }, (_, at) => kinds[i % 2]?.[(i * 7 + j * 3 + at * (1 + j)) % 5]).join(
        '',
      );
    const notes = Array.from({ length: 40 }, (_, i) =>
      [1, 2, 3].map((j) => `${word(i, j)}${i}`).join(' '),
    );
    const lines = notes.map((note, i) => `${note} ok,${i < 16 ? ['loud', 'soft'][i % 2] : ''}`);
    writeFileSync(join(folder, 'notes.csv'), ['note,kind', ...lines].join('\n'));
    const reading = (...words: string[]) => runIn(folder, ['classify', 'notes.csv', ...words]);
    const tiny = ['--language-model', join(folder, 'tiny')];
    const saved = await reading('--target', 'kind', ...tiny, '--save', './notes');
    expect(saved).toMatchObject({ code: 0 });
    const said = saved.out.trim().split('\n').slice(1);
    expect(said.filter((line, i) => line.split(',')[1] === ['loud', 'soft'][i % 2])).toHaveLength(
      24,
    );
    expect(readFileSync(join(folder, 'notes', 'README.md'), 'utf8')).toContain(
      'A language model reads them',
    );
    const again = await reading('--model', './notes', ...tiny);
    expect(again.out.split('\n').length).toBeGreaterThan(24);
    expect(await reading('--model', './notes', '--tabular')).toMatchObject({
      code: 3,
      error: expect.stringContaining('was made with a language model and needs it again'),
    });
    const blind = await quaestor('notes.csv', '--target', 'kind', '--tabular', '--save', './blind');
    expect(blind.code).toBe(0);
    expect((await quaestor('notes.csv', '--model', './blind', '--tabular')).code).toBe(0);
    for (const name of ['notes.csv', 'notes', 'blind']) {
      rmSync(join(folder, name), { recursive: true });
    }
  });

  it('saves what it learned, writes its card, and uses it again, with reasons', async () => {
    const saved = await quaestor(...common, '--save', './kinds', '--card', 'card.md');
    expect(saved.code).toBe(0);
    expect(readFileSync(join(folder, 'card.md'), 'utf8')).toMatch(/^# kind\n.*large \(30\)/s);
    const again = ['new.csv', '--model', './kinds', '--id', 'id'];
    expect((await quaestor(...again)).out).toBe(saved.out);
    const { out } = await quaestor(...again, '--explain');
    expect(out.split('\n')[0]).toBe('id,prediction,p_large,p_small,margin,reasons,warnings');
    expect(out).toMatch(/size_cm is 2: speaks for small \(/);
    expect(await quaestor('new.csv', '--model', './none')).toMatchObject({
      code: 3,
      error: expect.stringContaining('There is no saved model ./none'),
    });
    expect(await quaestor(...again, '--target', 'other')).toMatchObject({
      code: 2,
      error: expect.stringContaining('the model ./kinds predicts kind'),
    });
    const told = await quaestor(...common, '--save', './kinds', '--json');
    const { held, importance } = JSON.parse(told.out) as {
      held: { rows: number };
      importance: { column: string }[];
    };
    expect([held.rows, importance[0]?.column]).toEqual([60, 'size_cm']);
    rmSync(join(folder, 'card.md'));
    rmSync(join(folder, 'kinds'), { recursive: true });
  });

  it('takes a saved model as it is, but for class shares and what mistakes cost', async () => {
    const lines = readFileSync(join(folder, 'train.csv'), 'utf8').split('\n');
    // Wrong now and then, so that probabilities are not all 0 or 1.
    const other = (label: string) => (label === 'large' ? 'small' : 'large');
    const doubtful = lines.map((line, i) =>
      i % 6 === 2 ? line.replace(/large|small/, other) : line,
    );
    writeFileSync(join(folder, 'doubtful.csv'), doubtful.join('\n'));
    const learning = ['new.csv', '--target', 'kind', '--train', 'doubtful.csv', '--id', 'id'];
    const plain = await quaestor(...learning, '--save', './doubtful');
    const using = ['new.csv', '--model', './doubtful', '--id', 'id'];
    expect((await quaestor(...using)).out).toBe(plain.out);
    const shares = ['--prior', '0.9,0.1'];
    const corrected = await quaestor(...learning, ...shares, '--save', './corrected');
    expect(corrected.out).not.toBe(plain.out);
    expect((await quaestor(...using, ...shares)).out).toBe(corrected.out);
    const back = ['new.csv', '--model', './corrected', '--id', 'id', '--prior', '0.2,0.8'];
    expect((await quaestor(...back)).out).toBe(
      (await quaestor(...learning, ...back.slice(-2))).out,
    );
    expect((await quaestor(...using, '--prior', 'estimate')).out).not.toBe(plain.out);
    const said = ({ out }: { out: string }) =>
      out
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',')[1]);
    expect(said(await quaestor(...using, '--threshold', 'cost:1:1000'))).toEqual(
      Array(3).fill('small'),
    );
    expect(said(await quaestor(...using, '--threshold', 'cost:1000:1'))).toEqual(
      Array(3).fill('large'),
    );
    const settled = ['--seed', '0', '--trees', '9', '--task', 'auto', '--classes', 'a,b'];
    expect(
      await quaestor(...using, ...settled, '--question', 'Q?', '--threshold', 'f1'),
    ).toMatchObject({
      code: 2,
      error: expect.stringMatching(
        /leave out --classes, --task, --trees, --seed, --question\n.*--threshold f1 is found on/,
      ),
    });
    expect((await quaestor(...using, '--prior', '0.5,0.4')).error).toMatch(/sum to 1/);
    await quaestor('new.csv', '--target', 'size_cm', '--train', 'train.csv', '--save', './size');
    expect(await quaestor('new.csv', '--model', './size', ...shares)).toMatchObject({
      code: 2,
      error: expect.stringContaining('the model predicts a quantity, size_cm: leave out --prior'),
    });
    const file = join(folder, 'doubtful', 'model.json');
    const model = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...model, threshold: 1 }));
    const never = await quaestor(...using);
    expect(said(never)).toEqual(Array(3).fill('large'));
    expect(never.error).toContain('warning: small is never said');
    rmSync(join(folder, 'doubtful.csv'));
    for (const name of ['doubtful', 'corrected', 'size'])
      rmSync(join(folder, name), { recursive: true });
  });

  it('predicts quantities with intervals, and labels at a threshold of choice', async () => {
    const quantity = ['new.csv', '--target', 'size_cm', '--train', 'train.csv', '--id', 'id'];
    const { out, error } = await quaestor(...quantity, '--threshold', 'f1');
    expect(error).toContain('warning: the target is a quantity: --threshold and --prior are for');
    expect(error).toMatch(/On 60 labelled rows that the models had not seen: R² -?\d\.\d\d \(/);
    expect(out.split('\n')[0]).toBe('id,prediction,low,high,warnings');
    expect(out.split('\n')[1]?.split(',').slice(1, 4).map(Number)).toEqual([
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
    ]);
    const careful = await quaestor(...common, '--threshold', 'cost:1:500');
    expect(careful.out.match(/,small,/g)).toHaveLength(1);
    expect(await quaestor(...common, '--threshold', 'best')).toMatchObject({
      code: 3,
      error: expect.stringContaining('expected f1, youden or cost:'),
    });
    expect(await quaestor('new.csv')).toMatchObject({ code: 2 });
    expect((await quaestor(...common, '--prior', '0.5,0.4')).error).toMatch(/sum to 1/);
  });

  it('refuses what it cannot read, and says why', async () => {
    expect(await quaestor('new.csv', '--target', 'size')).toMatchObject({
      code: 3,
      error: expect.stringContaining('has no column "size"; it has id, size_cm, colour, kind'),
    });
    expect(await quaestor('none.csv', '--target', 'x')).toMatchObject({ code: 3 });
  });
});
