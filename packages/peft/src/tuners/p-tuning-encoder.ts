/** P-tuning's encoders, with the parameters, names and initial values of HF-PEFT's PromptEncoder. */
import type { Tensor } from '@tensorflow/tfjs';
import { dropoutMask } from '../tensors/dropout-mask.ts';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';
import { applyDense, namedDense, torchDenseLayer } from './dense-layer.ts';
import type { TableEncoder } from './encoded-table.ts';
import { bidirectionalLstm } from './p-tuning-lstm.ts';
import { normal, randomVariable } from './random-variable.ts';
import type { StepDropout } from './step-dropout.ts';

const PATH = 'prompt_encoder';

/** Three linear layers with ReLU between them. */
export function mlpEncoder(
  length: number,
  width: number,
  hidden: number,
  random: Random,
): TableEncoder {
  const embedding = randomVariable([length, width], normal(random, 1));
  const layers = [
    torchDenseLayer(width, hidden, random),
    torchDenseLayer(hidden, hidden, random),
    torchDenseLayer(hidden, width, random),
  ];
  return {
    variables: [
      { name: `${PATH}.embedding.weight`, variable: embedding },
      ...layers.flatMap((layer, i) => namedDense(`${PATH}.mlp_head.${2 * i}`, layer)),
    ],
    encode: () => {
      const { tf } = engine();
      return layers.reduce(
        (x: Tensor, layer, i) => applyDense(i === 0 ? x : tf.relu(x), layer, 'float32'),
        embedding,
      );
    },
  };
}

/** A bidirectional LSTM, then two linear layers with ReLU between them. @param dropout between its layers */
export function lstmEncoder(
  length: number,
  width: number,
  hidden: number,
  layers: number,
  dropout: StepDropout,
  random: Random,
): TableEncoder {
  const embedding = randomVariable([length, width], normal(random, 1));
  const lstm = bidirectionalLstm(width, hidden, layers, random);
  const first = torchDenseLayer(2 * hidden, 2 * hidden, random);
  const second = torchDenseLayer(2 * hidden, width, random);
  return {
    variables: [
      { name: `${PATH}.embedding.weight`, variable: embedding },
      ...lstm.variables.map(({ name, variable }) => ({
        name: `${PATH}.lstm_head.${name}`,
        variable,
      })),
      ...namedDense(`${PATH}.mlp_head.0`, first),
      ...namedDense(`${PATH}.mlp_head.2`, second),
    ],
    encode: (training) => {
      const states = lstm.run(embedding, (x) => {
        const draw = training ? dropout.next() : null;
        if (!draw) return x;
        const [rows, columns] = x.shape as [number, number];
        return engine().tf.mul(x, dropoutMask(rows, columns, draw, 'float32'));
      });
      const middle = engine().tf.relu(applyDense(states, first, 'float32'));
      return applyDense(middle, second, 'float32');
    },
  };
}
