import { combined } from './combined.ts';
import { exemplarVoting } from './exemplar-voting.ts';
import { lexical } from './lexical.ts';
import type { Retriever } from './retriever.ts';

/** Every retriever that needs no model. */
export const RETRIEVERS: readonly Retriever[] = [exemplarVoting, lexical, combined];
