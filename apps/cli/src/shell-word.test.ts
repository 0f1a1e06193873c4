import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from './shell-word.ts';

it('leaves plain words, and quotes others so that a shell reads them as they are', () => {
  expect(shellWord('HuggingFaceTB/SmolLM2-135M-Instruct')).toBe(
    'HuggingFaceTB/SmolLM2-135M-Instruct',
  );
  const odd = ['', 'a b', '$(id) `id`; id', "it's", 'mine=/my folder/x', '*', '~'];
  const read = execFileSync('sh', ['-c', `printf '%s\\n' ${odd.map(shellWord).join(' ')}`]);
  expect(String(read).split('\n').slice(0, -1)).toEqual(odd);
  expect(shellWord('a\u001b[2J\nid\u202e')).toBe("'a [2J id '");
});
