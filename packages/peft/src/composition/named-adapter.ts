import type { StoredAdapter } from '../io/adapter-files.ts';

/** An adapter as `readAdapter` returns it, with a name for messages. */
export interface NamedAdapter extends StoredAdapter {
  readonly name: string;
}
