import { FinSqlError } from '@quaestor/finsql';
import { describe, expect, it } from 'vitest';
import { ServerError, type ServerErrorCode } from '../errors.ts';
import { statusOf, toProblem } from '../http-error.ts';
import { receivedError, sentError } from '../model-process/protocol.ts';
import { DETAILS, TITLES } from './chinese.ts';

describe('a problem in Chinese', () => {
  const codes = Object.keys(DETAILS).filter((code) => code !== 'internal');

  it.each(codes)('%s has a title and a detail', (code) => {
    const error = new ServerError(code as ServerErrorCode, 'Something particular.');
    const problem = toProblem(error, 'id-1', 'zh');
    expect(problem).toMatchObject({ status: statusOf(code), title: TITLES[statusOf(code)] });
    expect(problem.title).toMatch(/\p{Script=Han}/u);
    expect(problem.detail).toMatch(/\p{Script=Han}/u);
    expect(toProblem(error, 'id-1').title).not.toMatch(/\p{Script=Han}/u);
  });

  it('says when to come back', () => {
    const busy = new ServerError('too-busy', 'Others are waiting.', { retryAfter: 5 });
    expect(toProblem(busy, 'id', 'zh').detail).toBe(
      '服务器正忙，排队的请求已满。请在 5 秒后再试。',
    );
  });

  it('says what an error says itself, where it does', () => {
    const taken = new ServerError('conflict', {
      en: 'There is an adapter a.',
      zh: '已有适配器 a。',
    });
    expect(toProblem(taken, 'id', 'zh').detail).toBe('已有适配器 a。');
    expect(toProblem(taken, 'id').detail).toBe('There is an adapter a.');
  });

  it('says why a statement is refused, wherever the error comes from', () => {
    const database = new FinSqlError('refused', { en: 'Refused: x.', zh: '该语句未被执行：x。' });
    const sent = receivedError(structuredClone(sentError(database)));
    for (const error of [database, sent]) {
      expect(toProblem(error, 'id', 'zh').detail).toBe('该语句未被执行：x。');
      expect(toProblem(error, 'id').detail).toBe('Refused: x.');
    }
  });

  it('hides what nobody expected as the English does', () => {
    const problem = toProblem(new TypeError('x at /home/me'), 'id-3', 'zh');
    expect(problem).toMatchObject({ status: 500, code: 'internal', title: '服务器内部错误' });
    expect(problem.detail).toContain('id-3');
    expect(problem.detail).not.toContain('home');
  });
});
