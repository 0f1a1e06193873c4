import { FinSqlError } from '@quaestor/finsql';
import { PeftError } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { ServerError } from './errors.ts';
import { isUnexpected, toProblem, withoutHome } from './http-error.ts';

describe('toProblem', () => {
  it('tells what a known error says', () => {
    const error = new FinSqlError('not-a-database', {
      en: 'weather is no database.',
      zh: 'weather 不是数据库。',
    });
    expect(toProblem(error, 'id-1')).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'weather is no database.',
      code: 'not-a-database',
      request_id: 'id-1',
    });
    expect(toProblem(error, 'id-1', 'zh').detail).toBe('weather 不是数据库。');
  });

  it('asks for another try where a database is in use', () => {
    const error = new FinSqlError('database-in-use', { en: 'It is in use.', zh: '正被占用。' });
    expect(toProblem(error, 'id-1')).toMatchObject({ status: 503, code: 'database-in-use' });
  });

  it('lists the problems of an input that has several', () => {
    const error = new ServerError('bad-request', 'a is empty; b is empty.', {
      problems: ['a', 'b'],
    });
    expect(toProblem(error, 'id-2')).toMatchObject({ status: 400, errors: ['a', 'b'] });
  });

  it.each([
    ['a bug', new TypeError('x is not a function at /home/me/secret.ts')],
    ['a code nobody knows', Object.assign(new Error('/home/me'), { code: 'ENOENT' })],
    ['a code of the language', Object.assign(new Error('/home/me'), { code: 'constructor' })],
    [
      'settings of the server',
      new FinSqlError('bad-config', { en: 'in /home/me', zh: '在 /home/me' }),
    ],
    ['something that is no error', 'secret'],
  ])('says nothing of %s', (_what, error) => {
    const problem = toProblem(error, 'id-3');
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(problem.detail).toContain('id-3');
    expect(problem.detail).not.toMatch(/secret|home/);
    expect(isUnexpected(error)).toBe(true);
  });

  const full = (code: string) => Object.assign(new Error('write /home/me/x'), { code });
  it.each([
    ['the system', full('ENOSPC')],
    ['a quota', full('EDQUOT')],
    ['SQLite', full('SQLITE_FULL')],
    [
      'whoever wrote a file',
      new PeftError(
        'bad-file',
        { en: 'Cannot write /home/me/x', zh: '无法写入 /home/me/x' },
        {
          cause: full('ENOSPC'),
        },
      ),
    ],
  ])('tells of a full disk, without a path, when %s says so', (_what, error) => {
    const [en, zh] = [toProblem(error, 'id-4'), toProblem(error, 'id-4', 'zh')];
    expect(en).toMatchObject({ status: 507, code: 'disk-full' });
    expect(`${en.detail} ${zh.detail}`).not.toContain('/home/me');
    expect(zh.detail).toMatch(/磁盘/);
    expect(isUnexpected(error)).toBe(false);
  });

  it('takes an abort for a client that has gone and a timeout for a timeout', () => {
    expect(toProblem(new DOMException('', 'AbortError'), 'id').status).toBe(499);
    expect(toProblem(new DOMException('', 'TimeoutError'), 'id').status).toBe(504);
  });
});

it('withoutHome tells files of the state folder by what they are called in it', () => {
  const error = new ServerError('bad-request', '/home/me/q/adapters/a and b are damaged.', {
    problems: ['/home/me/q/adapters/a', 'b'],
  });
  const problem = toProblem(error, 'id');
  expect(withoutHome(problem, '/home/me/q')).toMatchObject({
    detail: 'adapters/a and b are damaged.',
    errors: ['adapters/a', 'b'],
  });
});
