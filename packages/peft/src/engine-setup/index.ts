export { buildAddon, isPlaced, placeFile } from './build-addon.ts';
export { forgetRefusedKernels } from './build-kernels.ts';
export { type EngineState, engineFolder, engineState, processor } from './locate.ts';
export { engineSteps, engineVariant } from './setup-engine.ts';
export { runSideBySide, type SetupContext, type SetupProgress, type SetupStep } from './step.ts';
