import type { JobState } from '../../parts/job.ts';

/** GFLOP/s of a matrix product in each form; in bytes 0 where the processor has none. */
export interface ProductSpeed {
  readonly float32: number;
  readonly bfloat16: number;
  readonly mixed: number;
  readonly bytes: number;
}

/** What the server says of itself. */
export interface System {
  readonly versions: { readonly server: string; readonly node: string; readonly sqlite: string };
  readonly processor: {
    readonly name: string;
    readonly cores: number;
    readonly platform: string;
    readonly load: number;
  };
  readonly model: {
    readonly engine: {
      readonly name: string;
      readonly tensorflow: string | null;
      readonly precision: string;
      readonly storage: string;
      readonly bytes: boolean;
      readonly fused: boolean;
      readonly speed: ProductSpeed | null;
      readonly notes: readonly string[];
    };
    readonly base: {
      readonly name: string;
      readonly layers: number;
      readonly width: number;
      readonly vocabulary: number;
      readonly context: number;
    };
  } | null;
  readonly memory: {
    readonly total: number;
    readonly available: number;
    readonly server: number;
    readonly model: number | null;
  };
  readonly queue: {
    readonly most_waiting: number;
    readonly entries: readonly {
      readonly what: 'question' | 'text' | 'classification' | 'adapter' | 'warm-up';
      readonly client: string | null;
      readonly state: 'running' | 'waiting';
      readonly since: string;
    }[];
  };
  readonly jobs: readonly { readonly state: JobState; readonly count: number }[];
  readonly disk: {
    readonly folders: readonly { readonly name: FolderName; readonly bytes: number }[];
    readonly held: number;
    readonly limit: number;
    readonly free: number;
  };
  readonly problems: readonly string[];
  readonly uptime_seconds: number;
}

export type FolderName =
  | 'databases'
  | 'adapters'
  | 'models'
  | 'engine'
  | 'indexes'
  | 'jobs'
  | 'uploads'
  | 'labellings'
  | 'training'
  | 'profiles';
