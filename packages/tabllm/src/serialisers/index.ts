/** Importing this file registers every layout. A new one is added here. */
import './text-template.ts';
import './list-template.ts';
import './values-only.ts';
import './permuted-names.ts';
import './permuted-values.ts';
import './list-short.ts';
import './json.ts';

export type { Field, Missing } from './field.ts';
export {
  defineSerialiser,
  findSerialiser,
  type LayoutOptions,
  type Serialiser,
  serialisers,
  type WriteRow,
} from './serialiser.ts';
