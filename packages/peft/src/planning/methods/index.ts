/** What each registered method trains, by its name. A new method's shapes are added here. */

import { PeftError } from '../../errors.ts';
import { configProblems } from '../../tuners/config-words.ts';
import { tuners } from '../../tuners/index.ts';
import type { Architecture } from '../architecture.ts';
import { adapterFusionShapes, bottleneckShapes, ia3Shapes } from './added-layers.ts';
import { lowRankShapes } from './low-rank.ts';
import {
  bitfitShapes,
  lastLayersShapes,
  maskShapes,
  normShapes,
  sparseShapes,
  wholeShapes,
} from './selected.ts';
import type { TrainedShapes } from './trained-shapes.ts';
import { prefixTuningShapes, promptTuningShapes, pTuningShapes } from './virtual-tokens.ts';

type Shapes = (architecture: Architecture, config: unknown) => TrainedShapes;

const SHAPES: Readonly<Record<string, Shapes>> = {
  lora: lowRankShapes,
  dora: (architecture, config) => lowRankShapes(architecture, config, 'dora'),
  adalora: (architecture, config) => lowRankShapes(architecture, config, 'adalora'),
  relora: lowRankShapes,
  dylora: lowRankShapes,
  'prompt-tuning': promptTuningShapes,
  'p-tuning': pTuningShapes,
  'prefix-tuning': prefixTuningShapes,
  'adapter-houlsby': bottleneckShapes,
  'adapter-pfeiffer': bottleneckShapes,
  'adapter-parallel': bottleneckShapes,
  'adapter-fusion': adapterFusionShapes,
  ia3: ia3Shapes,
  full: wholeShapes,
  'last-layers': lastLayersShapes,
  bitfit: bitfitShapes,
  'ln-tuning': normShapes,
  'child-tuning-f': wholeShapes,
  'child-tuning-d': sparseShapes,
  'lt-sft': wholeShapes,
  'binary-mask': maskShapes,
  pafi: sparseShapes,
  fishmask: sparseShapes,
  'fish-dip': sparseShapes,
  sam: sparseShapes,
};

/** Registered methods whose memory can be planned. */
export function plannedMethods(): readonly string[] {
  return tuners()
    .map(({ name }) => name)
    .filter((name) => Object.hasOwn(SHAPES, name));
}

/**
 * What a method with these settings would train.
 * @param settings fields of its configuration; the method's own schema checks and completes them
 * @throws PeftError 'not-found' for another method, 'bad-config' with every problem of the settings
 */
export function trainedShapes(
  architecture: Architecture,
  method: string,
  settings: Readonly<Record<string, unknown>>,
): TrainedShapes {
  const tuner = tuners().find(({ name }) => name === method);
  const shapes = SHAPES[method];
  if (tuner === undefined || shapes === undefined) {
    throw new PeftError('not-found', {
      en: `the memory of method '${method}' cannot be planned; there is ${plannedMethods().join(', ')}`,
      zh: `无法估算方法“${method}”所需的内存，可以估算的有：${plannedMethods().join('、')}`,
    });
  }
  const parsed = tuner.config.safeParse(settings);
  if (!parsed.success) {
    throw new PeftError(
      'bad-config',
      {
        en: `the configuration of ${method} does not fit`,
        zh: `${method} 的设置不合要求`,
      },
      {
        problems: configProblems(tuner.config, settings, parsed.error),
        cause: parsed.error,
      },
    );
  }
  return shapes(architecture, parsed.data);
}
