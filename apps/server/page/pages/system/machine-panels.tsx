/** What computes: the model and its engine, the memory, the processor. */
import { bytes, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { model } from '../../parts/model.ts';
import { Facts, Panel, Tag } from '../../parts/panels.tsx';
import { StackedBar } from './stacked-bar.tsx';
import type { ProductSpeed, System } from './system-types.ts';
import { text } from './text.ts';

export function ModelPanel({ system }: { readonly system: System }) {
  const words = useText(text);
  const now = model.value;
  const kind = { looking: 'busy', loading: 'busy', ready: 'good', failed: 'bad' } as const;
  return (
    <Panel title={words.model} aside={<Tag kind={kind[now.state]}>{words.states[now.state]}</Tag>}>
      {system.model === null ? (
        <p class="fine">{words.notLoaded}</p>
      ) : (
        <ModelFacts name={now.state === 'ready' ? now.name : null} model={system.model} />
      )}
    </Panel>
  );
}

function inWords(
  { float32, bfloat16, mixed, bytes: inBytes }: ProductSpeed,
  { gflops, gflopsInBytes }: (typeof text)['en'],
): string {
  const others = gflops(number(float32), number(bfloat16), number(mixed));
  return inBytes > 0 ? gflopsInBytes(others, number(inBytes)) : others;
}

function ModelFacts({
  name,
  model: { engine, base },
}: {
  readonly name: string | null;
  readonly model: NonNullable<System['model']>;
}) {
  const words = useText(text);
  const { speed, tensorflow } = engine;
  return (
    <>
      <Facts
        facts={[
          [words.modelName, name],
          [words.base, base.name],
          [words.shape, words.shapeOf(number(base.layers), number(base.width))],
          [words.context, words.tokens(number(base.context))],
          [words.vocabulary, words.tokens(number(base.vocabulary))],
          [
            words.engine,
            tensorflow === null ? engine.name : `${engine.name}, TensorFlow ${tensorflow}`,
          ],
          [words.storage, engine.storage],
          [
            words.precision,
            engine.bytes ? words.answersInBytes(engine.precision) : engine.precision,
          ],
          [words.kernels, engine.fused ? words.fused : words.notFused],
          [words.speed, speed && inWords(speed, words)],
        ]}
      />
      {engine.notes.length > 0 && (
        <details class="more">
          <summary>
            {words.notes} ({engine.notes.length})
          </summary>
          <ul class="notes">
            {engine.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

export function MemoryPanel({ system }: { readonly system: System }) {
  const words = useText(text);
  const { memory, processor } = system;
  const used = memory.total - memory.available;
  const own = memory.server + (memory.model ?? 0);
  return (
    <Panel title={words.memory} aside={words.memoryOf(bytes(used), bytes(memory.total))}>
      <StackedBar
        parts={[
          ...(memory.model === null
            ? []
            : [{ name: words.heldByModel, amount: memory.model, kind: 'accent' as const }]),
          { name: words.heldByServer, amount: memory.server, kind: 'gold' },
          { name: words.others, amount: Math.max(0, used - own), kind: 'pale' },
          { name: words.free, amount: memory.available, kind: 'none' },
        ]}
        format={bytes}
      />
      <Facts
        facts={[
          [words.processor, processor.name],
          [words.load, `${number(processor.load, 1)} · ${words.cores(number(processor.cores))}`],
        ]}
      />
    </Panel>
  );
}
