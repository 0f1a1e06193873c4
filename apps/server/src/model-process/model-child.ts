/**
 * The process that holds the language model. Tensor work blocks its event loop, which is why it is not
 * the server's: that one answers at once whatever the model is busy with.
 */
import { setPriority } from 'node:os';
import type { TextToSqlItem } from '@quaestor/finsql';
import type { LoadedModel, ReportProgress } from '../model-loader.ts';
import { loadModel } from '../wiring.ts';
import { type CallName, type Calls, type FromModel, sentError, type ToModel } from './protocol.ts';

/**
 * A little behind the server, which then says at once that it is busy; ahead of what learns or trains.
 * Threads that start from now on inherit it, and tensors have theirs from the engine's start.
 */
const BEHIND_SERVER = 5;
setPriority(0, BEHIND_SERVER);

const calls = new Map<number, AbortController>();
let model: LoadedModel | undefined;
let exemplars: readonly TextToSqlItem[] = [];

process.on('message', (message: ToModel) => {
  if (message.kind === 'load') void load(message);
  else if (message.kind === 'abort') calls.get(message.id)?.abort();
  else void answer(message);
});
process.on('disconnect', () => process.exit(0));
// The server is told to end by the same signal, and ends this process when it has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

function send(message: FromModel): void {
  process.send?.(message);
}

async function load({
  config,
  activeAdapter,
  exemplars: known,
}: Extract<ToModel, { kind: 'load' }>): Promise<void> {
  exemplars = known;
  try {
    const report: ReportProgress = (step, progress) => send({ kind: 'progress', step, progress });
    model = await loadModel(config)(report, new AbortController().signal, {
      exemplars: () => exemplars,
      activeAdapter: () => activeAdapter,
    });
    const { name, note, adapter, report: about } = model;
    send({
      kind: 'loaded',
      name,
      note,
      adapter: adapter?.name() ?? null,
      byHand: adapter?.byHand() ?? false,
      byDatabase: adapter?.byDatabase ?? false,
      report: about?.() ?? null,
    });
  } catch (error) {
    send({ kind: 'failed', id: null, error: sentError(error) });
  }
}

async function answer({ id, name, input }: Extract<ToModel, { kind: 'call' }>): Promise<void> {
  const controller = new AbortController();
  calls.set(id, controller);
  try {
    const told = (data: unknown) => send({ kind: 'told', id, data });
    const output = await work(name, input as never, told, controller.signal);
    send({ kind: 'done', id, output });
  } catch (error) {
    send({ kind: 'failed', id, error: sentError(error) });
  } finally {
    calls.delete(id);
  }
}

type Work = {
  readonly [Name in CallName]: (
    held: LoadedModel & Required<Pick<LoadedModel, 'language' | 'adapter'>>,
    input: Calls[Name]['in'],
    told: (data: Calls[Name]['told']) => void,
    signal: AbortSignal,
  ) => Promise<Calls[Name]['out']>;
};

const WORK: Work = {
  ask({ finSql }, { question, source, exemplars: changed, ...options }, tell, signal) {
    exemplars = changed ?? exemplars;
    return finSql.ask(question, source, {
      ...options,
      onStart: (begins) => tell({ begins }),
      onStage: (done) => tell({ done }),
      signal,
    });
  },
  write: ({ language }, request, onDelta, signal) => language.write(request, { signal, onDelta }),
  classify: ({ language }, request, _told, signal) => language.classify(request, signal),
  reasons: ({ language }, request, _told, signal) => language.reasons(request, signal),
  states: ({ language }, request, _told, signal) => language.states(request, signal),
  useAdapter: ({ adapter }, name) => adapter.use(name),
  async releaseAdapter({ adapter }) {
    const title = await adapter.release();
    return { title, adapter: adapter.name() };
  },
  models: ({ language }) => language.models(),
};

function work<Name extends CallName>(
  name: Name,
  input: Calls[Name]['in'],
  told: (data: Calls[Name]['told']) => void,
  signal: AbortSignal,
): Promise<Calls[Name]['out']> {
  if (model?.language === undefined || model.adapter === undefined) {
    throw new TypeError('asked before the model was loaded');
  }
  const { language, adapter } = model;
  return WORK[name]({ ...model, language, adapter }, input, told, signal);
}
