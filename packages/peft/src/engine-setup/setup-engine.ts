import { existsSync } from 'node:fs';
import { buildBinding } from './build-binding.ts';
import { buildKernels } from './build-kernels.ts';
import { fetchLibtensorflow } from './fetch-libtensorflow.ts';
import { type EngineVariant, tfjsNodeFolder } from './locate.ts';
import type { SetupStep } from './step.ts';
import { pinnedWheel } from './wheels.ts';

/** The variant that set-up builds here; null where TensorFlow publishes no build at all. */
export function engineVariant(): EngineVariant | null {
  // The driver's device file: cheaper than asking nvidia-smi, and there on every CUDA machine.
  const device = existsSync('/dev/nvidia0') || existsSync('/dev/nvidiactl');
  if (device && tfjsNodeFolder('gpu') !== null && pinnedWheel('gpu') !== null) return 'gpu';
  return pinnedWheel('cpu') === null ? null : 'cpu';
}

/**
 * Everything between `npm ci` and a native tensor engine, in order. Empty where there is no build
 * of TensorFlow: the wasm backend then does the work, slowly.
 */
export function engineSteps(variant: EngineVariant | null = engineVariant()): readonly SetupStep[] {
  if (variant === null) return [];
  return [fetchLibtensorflow(variant), buildBinding(variant), buildKernels(variant)];
}
