import { CodedError } from './coded-error.ts';

/** What went wrong, in one word; the server maps it to an HTTP status, the command line to an exit code. */
export type PeftErrorCode =
  | 'engine-unavailable' // no tensor backend could be loaded
  | 'unsupported' // the engine, format or architecture lacks what was asked for
  | 'bad-config' // a configuration fails its schema
  | 'bad-file' // truncated, corrupt or foreign file
  | 'not-found' // a file, model, adapter or tensor that does not exist
  | 'mismatch' // shapes, base model or tensor names do not fit
  | 'download-failed' // network, checksum or disk
  | 'missing-tool' // compiler, Python, pip
  | 'aborted'; // the caller's AbortSignal fired

/** The one error class of this package. */
export class PeftError extends CodedError<PeftErrorCode> {
  override readonly name = 'PeftError';
}
