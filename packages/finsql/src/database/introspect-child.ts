/** The process of `introspect-apart.ts`. */
import { introspect } from './introspect.ts';
import type { IntrospectJob } from './introspect-apart.ts';

process.once('message', ({ file, name }: IntrospectJob) => {
  process.send?.(introspect(file, name), () => process.disconnect());
});
