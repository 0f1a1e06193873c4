// A new method is added here: importing its file registers it.
import './lora.ts';
import './dora.ts';
import './adalora.ts';
import './relora.ts';
import './dylora.ts';
import './prompt-tuning.ts';
import './p-tuning.ts';
import './prefix-tuning.ts';
import './bottleneck-adapter.ts';
import './adapter-fusion.ts';
import './ia3.ts';
import './ln-tuning.ts';
import './full.ts';
import './selected/bitfit.ts';
import './selected/last-layers.ts';
import './selected/pafi.ts';
import './selected/child-tuning-f.ts';
import './selected/child-tuning-d.ts';
import './selected/fishmask.ts';
import './selected/fish-dip.ts';
import './selected/lt-sft.ts';
import './selected/sam.ts';
import './selected/binary-mask.ts';

export { adapterState } from './adapter-state.ts';
export { composeDifferences } from './selected/compose-differences.ts';
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
