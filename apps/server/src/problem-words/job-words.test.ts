import { describe, expect, it } from 'vitest';
import type { Job, JobEvent } from '../jobs/job.ts';
import { sayEvent, sayJob } from './job-words.ts';

const job = (error: Job['error']) => ({ id: 'job_1', state: 'failed', error }) as Job;

describe('a failed job', () => {
  it.each([
    [{ code: 'disk-full', message: 'Jobs hold 2 MB.' }, /^任务和上传的文件已占满/],
    [{ code: 'bad-upload', message: 'No table.' }, /^上传的文件无法使用：No table\.$/],
    [{ code: 'failed', message: 'It ended.' }, /^任务失败：It ended\.$/],
    [{ code: 'interrupted', message: 'The process was killed.' }, /可能是内存不足/],
    [
      { code: 'internal', message: 'Something went wrong.' },
      /^服务器内部出错，详情见服务器日志。$/,
    ],
    [{ code: 'constructor', message: 'x' }, /^任务失败：x$/],
    [{ code: 'conflict', message: 'a is taken.', chinese: '已有 a。' }, /^已有 a。$/],
  ] as const)('%j says why in either language', (error, zh) => {
    expect(sayJob(job(error), 'zh').error).toEqual({
      code: error.code,
      message: expect.stringMatching(zh),
    });
    const { code, message } = error;
    expect(sayJob(job(error), 'en').error).toEqual({ code, message });
  });

  it('tells the same in its events, and changes no other', () => {
    const error = { code: 'conflict', message: 'a is taken.', chinese: '已有 a。' };
    const event = (data: object) => ({ seq: 1, at: '', type: 'state', data }) as JobEvent;
    expect(sayEvent(event({ state: 'failed', error }), 'zh').data).toEqual({
      state: 'failed',
      error: { code: 'conflict', message: '已有 a。' },
    });
    expect(sayEvent(event({ state: 'running' }), 'zh').data).toEqual({ state: 'running' });
    expect(sayJob(job(null), 'zh').error).toBeNull();
  });
});

describe('what a job does and finds', () => {
  const warnings = [{ en: 'column a is called b', zh: '列 a 已改称 b' }, 'as it was once kept'];
  const progress = { text: { en: 'learning', zh: '正在学习' }, fraction: 0.5 };
  const running = { ...job(null), progress, result: { warnings, rows: 3 } };

  it('is told in either language', () => {
    expect(sayJob(running, 'zh')).toMatchObject({
      progress: { text: '正在学习', fraction: 0.5 },
      result: { warnings: ['列 a 已改称 b', 'as it was once kept'], rows: 3 },
    });
    expect(sayJob(running, 'en')).toMatchObject({
      progress: { text: 'learning', fraction: 0.5 },
      result: { warnings: ['column a is called b', 'as it was once kept'], rows: 3 },
    });
  });

  it.each([
    [{ en: '3 rows', zh: '共 3 行' }, '3 rows', '共 3 行'],
    ['as a library writes', 'as a library writes', 'as a library writes'],
  ])('has lines: %j', (text, en, zh) => {
    const line = { seq: 1, at: '', type: 'log', data: { text } } as const;
    expect(sayEvent(line, 'en').data).toEqual({ text: en });
    expect(sayEvent(line, 'zh').data).toEqual({ text: zh });
  });
});
