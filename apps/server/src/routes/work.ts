import { forWholeDatabases } from '../access/whole-databases.ts';
import { AdapterDesk } from '../adapters/adapter-desk.ts';
import type { Route } from '../api/route.ts';
import type { AskQueue } from '../ask/ask-queue.ts';
import type { ModelLoader } from '../model-loader.ts';
import type { Workbench } from '../workbench.ts';
import { activationRoutes } from './activations.ts';
import { adapterRoutes } from './adapters.ts';
import { classifierRoutes } from './classifiers.ts';
import { classifyRoutes } from './classify.ts';
import { compositionRoutes } from './compositions.ts';
import { descriptionRoute } from './descriptions.ts';
import { evaluationSetsRoute } from './evaluation-sets.ts';
import { exampleRoutes } from './examples.ts';
import { jobRoutes } from './jobs.ts';
import { labellingOpinionRoutes } from './labelling-opinions.ts';
import { labellingRoutes } from './labellings.ts';
import { methodsRoute } from './methods.ts';
import { trainingDataRoute } from './training-data.ts';
import { uploadRoutes } from './uploads.ts';

/** The operations on what the server keeps beside the model. */
export function workRoutes(
  workbench: Workbench,
  { model, queue }: { readonly model: ModelLoader; readonly queue: AskQueue },
): readonly Route[] {
  const { hub, records, jobs, sets, examples } = workbench;
  const desk = new AdapterDesk({
    hub,
    records,
    active: () => model.adapter,
    byHand: () => model.adapterByHand,
    own: (database) => model.ownAdapter(database),
    forNew: () => model.adapterForNew,
    use: (name) => alone(() => model.useAdapter(name)),
    release: () => alone(() => model.releaseAdapter()),
  });
  /** No question is being answered meanwhile. */
  function alone(change: () => Promise<void>): Promise<void> {
    return queue.run(change, { work: { what: 'adapter', client: null } });
  }
  const routes = [
    ...jobRoutes(jobs, workbench.ending),
    ...uploadRoutes({ ...workbench, queue: jobs }),
    descriptionRoute(workbench.catalog),
    ...exampleRoutes(examples),
    ...adapterRoutes(desk, jobs),
    ...compositionRoutes(jobs),
    ...activationRoutes(desk),
    evaluationSetsRoute(desk, sets),
    trainingDataRoute(examples, workbench.catalog),
    ...labellingRoutes(workbench.labellings, jobs),
    ...labellingOpinionRoutes(workbench.labellings),
    ...classifyRoutes(jobs),
    ...classifierRoutes({ ...workbench, queue: jobs }),
  ];
  return [...routes.map(forWholeDatabases), methodsRoute()];
}
