import type { Translated } from '../translated.ts';

/** Amount of work done of one step; `total` is null while it is unknown. Units are bytes. */
export interface ModelProgress {
  readonly step: Translated;
  readonly done: number;
  readonly total: number | null;
}

/** What every source is given. */
export interface SourceContext {
  /** Where the source puts the model's files; kept between tries, so downloads can go on. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ModelProgress) => void;
}

/** A place that models come from. */
export interface ModelSource {
  /** For messages, and the name of its folder of unfinished downloads. */
  readonly name: string;
  /** Whether it is worth asking for this model at all. */
  offers(model: string): boolean;
  /**
   * Fills `context.folder` with a model that `openModel` can open, every file verified.
   * @throws PeftError 'download-failed' | 'not-found' | 'missing-tool' | 'unsupported' | 'aborted'
   */
  fetch(model: string, context: SourceContext): Promise<void>;
}
