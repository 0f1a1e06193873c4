import { DEFAULT_MODEL, findModel, obtainModel, type SetupStep } from '@quaestor/peft';

/** The base model that adapters are trained on and questions are answered with. */
export const getBaseModel: SetupStep = {
  name: 'model',
  title: `Getting the base model ${DEFAULT_MODEL}`,
  done: () => findModel(DEFAULT_MODEL) !== null,
  run: async ({ signal, report }) => {
    await obtainModel(DEFAULT_MODEL, {
      signal,
      onProgress: ({ step, done, total }) => {
        const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
        const amount =
          total === null ? megabytes(done) : `${megabytes(done)} of ${megabytes(total)}`;
        report({
          kind: 'progress',
          text: `${step}: ${amount}`,
          ...(total === null ? {} : { fraction: done / total }),
        });
      },
    });
  },
};
