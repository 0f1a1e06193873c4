import { Router } from 'express';
import type { AskQueue } from '../ask-queue.ts';
import type { ModelLoader } from '../model-loader.ts';
import { allowOnly } from './methods.ts';

/** GET /api/health: alive, and how far the model is. Always 200; `model.state` tells the rest. */
export function healthRoute(model: ModelLoader, queue: AskQueue): Router {
  const router = Router();
  router
    .route('/api/health')
    .get((_request, response) => {
      response.set('Cache-Control', 'no-store').json({
        status: 'ok',
        model: model.state,
        queue: { running: queue.running, waiting: queue.waiting },
        uptime_seconds: Math.round(process.uptime()),
      });
    })
    .all(allowOnly('GET'));
  return router;
}
