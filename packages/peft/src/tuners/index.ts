// A new method is added here: importing its file registers it.
import './lora.ts';

export { adapterState } from './adapter-state.ts';
export {
  type Adapter,
  type AdapterProgress,
  attachTuner,
  defineTuner,
  type NamedVariable,
  type StepReport,
  type TrainingRun,
  type Tuner,
  tuners,
} from './tuner.ts';
