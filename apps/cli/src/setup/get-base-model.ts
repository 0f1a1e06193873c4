import { DEFAULT_MODEL, findModel, obtainModel, type SetupStep } from '@quaestor/peft';
import { reportDownload } from '../language-model/report-download.ts';

/** The base model that adapters are trained on and questions are answered with. */
export const getBaseModel: SetupStep = {
  name: 'model',
  title: `Getting the base model ${DEFAULT_MODEL}`,
  done: () => findModel(DEFAULT_MODEL) !== null,
  run: async ({ signal, report }) => {
    await obtainModel(DEFAULT_MODEL, {
      signal,
      onProgress: reportDownload(({ en: text }, fraction) =>
        report({ kind: 'progress', text, ...(fraction === undefined ? {} : { fraction }) }),
      ),
    });
  },
};
