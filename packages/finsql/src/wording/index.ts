/** What the pipeline tells as codes, in the words of a language. Nothing here needs Node: pages show it. */
export { type Forbidden, type Sentences, sentenceFor } from './messages.ts';
export { sayRefused } from './refused.ts';
export { type Wording, wordingOf } from './wording.ts';
