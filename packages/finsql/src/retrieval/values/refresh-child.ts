/** The process of `refresh-apart.ts`. */
import { buildValueIndex } from '../values.ts';
import type { RefreshJob } from './refresh-apart.ts';

process.once('message', ({ file, schema, folder }: RefreshJob) => {
  buildValueIndex(file, schema, { folder });
  process.disconnect();
});
