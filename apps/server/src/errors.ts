import { chineseIn, type Text, textIn } from '@quaestor/peft';

/** What went wrong, in one word; `http-error.ts` maps it to an HTTP status. */
export type ServerErrorCode =
  | 'bad-config' // environment or options fail their schema
  | 'bad-request' // a body that is not what the route expects
  | 'bad-question' // empty or too long
  | 'no-such-database' // a name that is not in the list
  | 'no-such-answer' // an answer that was never given, was dropped, or is another's
  | 'no-such-model' // a model name that /v1/models does not list
  | 'unauthorized' // no key, or none that counts
  | 'forbidden' // the key's scope does not reach that far
  | 'rate-limited' // too many requests with one key
  | 'in-progress' // the request with this Idempotency-Key is still being answered
  | 'key-reused' // an Idempotency-Key that came with another request
  | 'not-found' // no such route
  | 'method-not-allowed' // the route exists, the method does not
  | 'not-acceptable' // neither JSON nor an event stream is wanted
  | 'unsupported-media-type' // a body that is not JSON
  | 'too-large' // a body over the limit
  | 'wrong-host' // Host names another site (DNS rebinding)
  | 'wrong-origin' // a page of another site is asking
  | 'too-busy' // the queue is full
  | 'stopping' // the server is about to end
  | 'conflict' // not in the state that things are in now
  | 'scores-lower' // an adapter that is worse than the one that answers
  | 'not-compared' // an adapter without a score, while the one that answers has one
  | 'disk-full' // jobs and uploads hold all that they may
  | 'bad-upload' // a file that is not what it should be
  | 'timeout' // the answer took too long
  | 'aborted' // the client has cancelled
  | 'model-loading' // asked before the model is there
  | 'model-failed' // the model could not be loaded
  | 'no-generator' // the pipeline is there, but no model to write with
  | 'no-free-port'; // every port that was tried is taken

interface ServerErrorOptions {
  readonly problems?: readonly Text[];
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** The one error class of this package. `problems` lists every problem when an input has several. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: ServerErrorCode;
  readonly problems: readonly string[];
  /** Seconds after which the same request may succeed; becomes the Retry-After header. */
  readonly retryAfter: number | undefined;
  /** The message in Chinese, where the code alone does not tell readers enough. */
  readonly chinese: string | undefined;
  /** The problems in Chinese, in their order. */
  readonly chineseProblems: readonly string[] | undefined;

  constructor(
    code: ServerErrorCode,
    message: Text,
    { problems = [], retryAfter, cause }: ServerErrorOptions = {},
  ) {
    super(textIn(message, 'en'), { cause });
    this.code = code;
    this.problems = problems.map((one) => textIn(one, 'en'));
    this.retryAfter = retryAfter;
    this.chinese = chineseIn(message);
    this.chineseProblems = problems.some(chineseIn)
      ? problems.map((one) => textIn(one, 'zh'))
      : undefined;
  }
}
