// A new method is added here: importing its file registers it.
import './lora.ts';

export {
  type Adapter,
  attachTuner,
  defineTuner,
  type NamedVariable,
  type Tuner,
  tuners,
} from './tuner.ts';
