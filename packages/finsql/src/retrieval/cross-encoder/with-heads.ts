/** A LoRA and its task's heads as one adapter: trained, kept and loaded together. */
import { type Adapter, engine, type NamedVariable, PeftError } from '@quaestor/peft';

/** The heads' tensors have names of their own in the adapter's file. */
export function withHeads(lora: Adapter, heads: readonly NamedVariable[]): Adapter {
  const names = new Set(heads.map(({ name }) => name));
  return {
    get config() {
      return lora.config;
    },
    ...(lora.settings && { settings: lora.settings }),
    get training() {
      return lora.training;
    },
    set training(value) {
      lora.training = value;
    },
    parameters: () => [...lora.parameters(), ...heads],
    state: () =>
      new Map([...lora.state(), ...heads.map(({ name, variable }) => [name, variable] as const)]),
    load(state) {
      const problems = heads.flatMap(({ name, variable }) => {
        const saved = state.get(name);
        if (saved === undefined) return [{ en: `${name}: missing`, zh: `${name}：缺失` }];
        return saved.shape.join() === variable.shape.join()
          ? []
          : [
              {
                en: `${name}: expected [${variable.shape}], got [${saved.shape}]`,
                zh: `${name}：应为 [${variable.shape}]，实际为 [${saved.shape}]`,
              },
            ];
      });
      if (problems.length > 0) {
        throw new PeftError(
          'mismatch',
          {
            en: 'the saved retriever does not fit this configuration',
            zh: '保存的检索器与这个配置不符',
          },
          { problems },
        );
      }
      lora.load(new Map([...state].filter(([name]) => !names.has(name))));
      const { tf } = engine();
      for (const { name, variable } of heads) {
        const saved = state.get(name);
        if (saved) tf.tidy(() => variable.assign(tf.tensor(saved.data, [...saved.shape])));
      }
    },
    begin: (run) => lora.begin?.(run),
    onStep: (step) => lora.onStep?.(step),
    detach: () => lora.detach(),
  };
}
