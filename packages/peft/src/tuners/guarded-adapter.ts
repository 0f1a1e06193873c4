/**
 * What holds of every adapter, whatever its method: values that are loaded while it is merged take effect at
 * once, and nothing is asked of one that was taken off.
 */
import { PeftError } from '../errors.ts';
import type { Adapter } from './tuner.ts';

/**
 * @param adapter as its method made it; changed in place
 * @param release takes the note off the model that it carries the method, and says whether it was there
 */
export function guardedAdapter(adapter: Adapter, method: string, release: () => boolean): Adapter {
  const [state, load] = [adapter.state.bind(adapter), adapter.load.bind(adapter)];
  const [merge, unmerge] = [adapter.merge?.bind(adapter), adapter.unmerge?.bind(adapter)];
  const detach = adapter.detach.bind(adapter);
  let status: NonNullable<Adapter['status']> = 'attached';
  const expectAttached = (): void => {
    if (status === 'detached') throw isDetached(method);
  };
  Object.defineProperty(adapter, 'status', { get: () => status, enumerable: true });
  return Object.assign(adapter, {
    state: () => {
      expectAttached();
      return state();
    },
    load: (values: Parameters<Adapter['load']>[0]) => {
      expectAttached();
      const merged = status === 'merged';
      if (merged) adapter.unmerge?.();
      try {
        load(values);
      } finally {
        if (merged) adapter.merge?.();
      }
    },
    ...(merge && {
      merge: () => {
        expectAttached();
        merge();
        status = 'merged';
      },
    }),
    ...(unmerge && {
      unmerge: () => {
        expectAttached();
        unmerge();
        status = 'attached';
      },
    }),
    detach: () => {
      if (!release()) return;
      status = 'detached';
      detach();
    },
  });
}

/** @throws PeftError 'bad-config' unless an adapter is on its model and unmerged, as training needs it */
export function expectTrainable({ status, config }: Adapter): void {
  const method = String(config.peft_type ?? 'adapter');
  if (status === 'detached') throw isDetached(method);
  if (status !== 'merged') return;
  throw new PeftError('bad-config', {
    en: `this ${method} is merged into the weights, so it cannot be trained; call unmerge first`,
    zh: `这个 ${method} 已合并到权重中，不能训练；请先调用 unmerge`,
  });
}

function isDetached(method: string): PeftError {
  return new PeftError('bad-config', {
    en: `this ${method} is detached from its model and its tensors are freed; attach one again by attachTuner`,
    zh: `这个 ${method} 已从模型上卸下，其张量已释放；请用 attachTuner 重新安装`,
  });
}
