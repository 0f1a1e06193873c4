/**
 * How many ranks AdaLoRA keeps at a step (Zhang et al. 2023, eq. 10), steps counted from 0:
 *   b(t) = b₀ until tinit, then b_T + (b₀ − b_T)·(1 − (t − tinit)/(T − tfinal − tinit))³, then b_T
 */
import { PeftError } from '../errors.ts';
import type { AdaLoraConfig } from './adalora-config.ts';

export interface RankSchedule extends Pick<AdaLoraConfig, 'tinit' | 'tfinal' | 'deltaT'> {
  /** T: all steps of the run. */
  readonly total: number;
  /** b₀ and b_T: ranks of all layers together, at the start and at the end. */
  readonly initial: number;
  readonly target: number;
}

/** The number of ranks of all layers together at a step. */
export function rankBudget(step: number, schedule: RankSchedule): number {
  const { initial, target, tinit } = schedule;
  const end = lastAllocation(schedule);
  if (step <= tinit) return initial;
  if (step > end) return target;
  const left = 1 - (step - tinit) / (end - tinit);
  return Math.trunc((initial - target) * left ** 3 + target);
}

/** Whether ranks are taken away at a step. */
export function allocatesAt(step: number, schedule: RankSchedule): boolean {
  const end = lastAllocation(schedule);
  return step === end || (step > schedule.tinit && step < end && step % schedule.deltaT === 0);
}

/** The step after which the ranks stay as they are; with tfinal 0 that is the last one. */
export function lastAllocation({ total, tfinal }: Pick<RankSchedule, 'total' | 'tfinal'>): number {
  return Math.min(total - tfinal, total - 1);
}

/**
 * The length of the schedule.
 * @throws PeftError 'bad-config' when it is not that of the run, or leaves no step to take ranks away
 */
export function scheduleLength(
  { total_step, tinit, tfinal }: AdaLoraConfig,
  totalSteps: number,
): number {
  if (total_step !== null && total_step !== totalSteps) {
    throw new PeftError('bad-config', {
      en: `total_step is ${total_step}, but the run has ${totalSteps} steps; leave total_step out or set it to ${totalSteps}`,
      zh: `total_step 是 ${total_step}，而训练共有 ${totalSteps} 步，请去掉 total_step 或设为 ${totalSteps}`,
    });
  }
  const last = lastAllocation({ total: totalSteps, tfinal });
  if (tinit >= last) {
    const [en, zh] =
      last > 0
        ? [`expected a tinit below ${last}`, `tinit 应小于 ${last}`]
        : ['train longer, or lower tfinal', '请延长训练，或调小 tfinal'];
    throw new PeftError('bad-config', {
      en: `tinit ${tinit} and tfinal ${tfinal} leave none of the ${totalSteps} steps of the run to take ranks away; ${en}`,
      zh: `tinit ${tinit} 与 tfinal ${tfinal} 没有在训练的 ${totalSteps} 步中留下削减秩的步数；${zh}`,
    });
  }
  return totalSteps;
}
