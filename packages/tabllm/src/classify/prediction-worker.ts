/** The program of a prediction thread: rows that are encoded in, what the model says of them out. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Matrix } from '../baseline/matrix.ts';
import { type EncodedModel, predictEncoded } from './encoded-model.ts';

const model = workerData as EncodedModel;
// Whoever is not asked yet does not keep the process.
parentPort?.postMessage('ready');
parentPort?.on('message', (x: Matrix) => {
  const said = predictEncoded(model, x);
  parentPort?.postMessage(said, [said.buffer as ArrayBuffer]);
});
