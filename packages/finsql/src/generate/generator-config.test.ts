import { expect, it } from 'vitest';
import { chosenRemote, generatorConfig } from './generator-config.ts';

const choice = (options: object) => generatorConfig.parse(options);
const there = { remoteUrl: 'http://localhost:8000/v1', remoteModel: 'm' };

it('the built-in generator unless another is chosen', () => {
  expect(choice({}).generator).toBe('builtin');
  expect(chosenRemote(choice({}), 'key')).toBeUndefined();
  expect(chosenRemote(choice({ generator: 'auto' }), undefined)).toBeUndefined();
  const remote = chosenRemote(choice({ generator: 'remote', ...there }), '');
  expect(remote?.name).toBe('m at http://localhost:8000');
});

it('a server that is not told, or told beside a local generator', () => {
  expect(() => chosenRemote(choice({ generator: 'remote' }), undefined)).toThrow(
    /--remote-url[\s\S]*url:[\s\S]*model:/,
  );
  expect(() => chosenRemote(choice({ generator: 'llama', ...there }), undefined)).toThrow(
    /the generator is llama/,
  );
});
