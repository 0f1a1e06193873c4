import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import { pageRoutes } from './page/page-routes.ts';

const PUBLIC = fileURLToPath(new URL('../public', import.meta.url));

/** The page and what it loads, all from this server: it works with no network. */
export function staticFiles(): Router {
  const router = Router();
  router.use(pageRoutes());
  router.use(
    express.static(PUBLIC, {
      index: false,
      cacheControl: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  return router;
}
