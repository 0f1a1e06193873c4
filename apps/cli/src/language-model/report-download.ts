import type { obtainModel } from '@quaestor/peft';

type OnProgress = NonNullable<NonNullable<Parameters<typeof obtainModel>[1]>['onProgress']>;

/** Turns bytes of a download into a line and, where the size is known, a share. */
export function reportDownload(show: (text: string, fraction?: number) => void): OnProgress {
  return ({ step, done, total }) => {
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    if (total === null) show(`${step}: ${megabytes(done)}`);
    else show(`${step}: ${megabytes(done)} of ${megabytes(total)}`, done / total);
  };
}
