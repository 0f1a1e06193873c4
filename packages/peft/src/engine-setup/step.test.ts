import { describe, expect, it } from 'vitest';
import { runSteps, type SetupProgress, type SetupStep } from './step.ts';

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
