export { type Architecture, parameterCount } from './architecture.ts';
export { ARCHITECTURE_NAMES, knownArchitecture } from './known-architectures.ts';
export { plannedMethods } from './methods/index.ts';
export { type Memory, planTraining, type TrainingPlan } from './plan.ts';
export { type PlanConfig, planConfig } from './plan-config.ts';
export { readArchitecture } from './read-architecture.ts';
