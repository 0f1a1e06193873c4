import type { obtainModel, Translated } from '@quaestor/peft';

type OnProgress = NonNullable<NonNullable<Parameters<typeof obtainModel>[1]>['onProgress']>;

/** Turns bytes of a download into a line and, where the size is known, a share. */
export function reportDownload(show: (said: Translated, fraction?: number) => void): OnProgress {
  return ({ step, done, total }) => {
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    const [come, all] = [megabytes(done), total === null ? null : megabytes(total)];
    show(
      {
        en: all === null ? `${step.en}: ${come}` : `${step.en}: ${come} of ${all}`,
        zh: all === null ? `${step.zh}：${come}` : `${step.zh}：${come}，共 ${all}`,
      },
      total === null ? undefined : done / total,
    );
  };
}
