import { describe, expect, it } from 'vitest';
import { PeftError } from '../errors.ts';
import { runSideBySide, runSteps, type SetupProgress, type SetupStep } from './step.ts';

function recordedSteps(done: readonly boolean[]) {
  const ran: number[] = [];
  const steps = done.map(
    (isDone, index): SetupStep => ({
      name: `step-${index}`,
      title: `Step ${index}`,
      done: () => isDone,
      run: async () => {
        ran.push(index);
      },
    }),
  );
  return { steps, ran };
}

const options = (signal = new AbortController().signal, report = (_: SetupProgress) => {}) => ({
  home: '/nowhere',
  signal,
  report,
});

describe('runSteps', () => {
  it('runs what is not done, in order, and says which', async () => {
    const { steps, ran } = recordedSteps([false, true, false]);
    const progress: SetupProgress[] = [];
    const names = await runSteps(
      steps,
      options(undefined, (event) => progress.push(event)),
    );
    expect(ran).toEqual([0, 2]);
    expect(names).toEqual(['step-0', 'step-2']);
    expect(progress.map(({ step, kind }) => `${step} ${kind}`)).toEqual([
      'step-0 start',
      'step-0 done',
      'step-2 start',
      'step-2 done',
    ]);
  });

  it('starts nothing after a stop', async () => {
    const { steps, ran } = recordedSteps([false, false]);
    const controller = new AbortController();
    const stopping = [
      { ...(steps[0] as SetupStep), run: async () => controller.abort() },
      ...steps,
    ];
    await expect(runSteps(stopping, options(controller.signal))).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(ran).toEqual([]);
  });
});

describe('runSideBySide', () => {
  it('begins every row at once, and keeps the order of each', async () => {
    const order: string[] = [];
    let begun = 0;
    let allBegun = () => {};
    const others = new Promise<void>((resolve) => {
      allBegun = resolve;
    });
    const step = (name: string, first = false): SetupStep => ({
      name,
      title: name,
      done: () => false,
      run: async () => {
        if (first) {
          begun += 1;
          if (begun === 2) allBegun();
          await others; // ends only where the other row runs beside it
        }
        order.push(name);
      },
    });
    const rows = [
      [step('sqlite', true), step('demo')],
      [step('engine', true), step('model')],
    ];
    expect(await runSideBySide(rows, options())).toEqual(['sqlite', 'demo', 'engine', 'model']);
    expect(order.indexOf('demo')).toBeGreaterThan(order.indexOf('sqlite'));
    expect(order.indexOf('model')).toBeGreaterThan(order.indexOf('engine'));
  });

  it('stops the other rows where a step fails, and throws what it threw', async () => {
    let stopped = false;
    const failing: SetupStep = {
      name: 'failing',
      title: 'Failing',
      done: () => false,
      run: async () => {
        throw new PeftError('missing-tool', { en: 'needs make', zh: '需要 make' });
      },
    };
    const endless: SetupStep = {
      name: 'endless',
      title: 'Endless',
      done: () => false,
      run: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            stopped = true;
            reject(new PeftError('aborted', { en: 'stopped', zh: '已停止' }));
          });
        }),
    };
    const { steps, ran } = recordedSteps([false]);
    await expect(runSideBySide([[endless, ...steps], [failing]], options())).rejects.toMatchObject({
      code: 'missing-tool',
    });
    expect(stopped).toBe(true);
    expect(ran).toEqual([]);
  });

  it('is stopped as a whole', async () => {
    const { steps, ran } = recordedSteps([false, false]);
    await expect(
      runSideBySide(
        steps.map((step) => [step]),
        options(AbortSignal.abort()),
      ),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(ran).toEqual([]);
  });
});
