/** The program of a prediction thread: pieces of a table in, what the model says of their rows out. */
import { parentPort, workerData } from 'node:worker_threads';
import { encoderOf } from '../baseline/encoder.ts';
import { rowHasher } from '../schema/row-identity.ts';
import { askBlock, type BlockAsker } from './ask-block.ts';
import { predictEncoded } from './encoded-model.ts';
import { partsToLeaveOut } from './left-out.ts';
import type { Question, ThreadProgram } from './prediction-threads.ts';
import { blockReader } from './table-blocks.ts';

const { plan, explain, schema, identity, encoding, model } = workerData as ThreadProgram;
const read = blockReader(plan);
const { encode } = encoderOf(schema, encoding);
const asker: BlockAsker = {
  ask: (rows, unread) => predictEncoded(model, encode(rows, unread)),
  hashOf: rowHasher(schema, identity),
  explained: explain ? { schema, parts: partsToLeaveOut(schema, encoding) } : null,
};
// Whoever is not asked yet does not keep the process.
parentPort?.postMessage('ready');
parentPort?.on('message', ({ piece, skip }: Question) => {
  const blocks = Array.from(read(piece, skip), (block) => askBlock(block, asker));
  parentPort?.postMessage(blocks);
});
