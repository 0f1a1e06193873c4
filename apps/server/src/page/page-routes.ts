import { type RequestHandler, Router } from 'express';
import { pageBundle } from './bundle.ts';
import { pageHtml } from './html.ts';

/** Addresses of the page; one document serves them all, and its scripts show what belongs there. */
const PATHS = [
  '/',
  '/databases{/:name}',
  '/classify',
  '/models',
  '/train{/:job}',
  '/examples',
  '/system',
  '/docs',
];

const sendPage: RequestHandler = async (_request, response) => {
  const bundle = await pageBundle();
  response.set('Cache-Control', 'no-cache').type('html').send(pageHtml(bundle));
};

/** Where nothing is, a person with a browser is told so by the page; programs get the problem as JSON. */
export const noSuchPage: RequestHandler = (request, response, next) => {
  const isLookedAt = request.method === 'GET' && request.accepts(['json', 'html']) === 'html';
  const isPage = isLookedAt && !/^\/(?:api|v1|assets)(?:\/|$)/i.test(request.path);
  return isPage ? sendPage(request, response.status(404), next) : next();
};

/** The page and its bundled scripts and styles. */
export function pageRoutes(): Router {
  const router = Router();
  router.get(PATHS, sendPage);
  router.get('/assets/:name', async (request, response, next) => {
    const { files } = await pageBundle();
    const file = files.get(request.params.name);
    if (file === undefined) return next();
    const small = request.acceptsEncodings('gzip') !== false;
    if (small) response.set('Content-Encoding', 'gzip');
    response
      .set('Cache-Control', 'public, max-age=31536000, immutable')
      .vary('Accept-Encoding')
      .type(file.type)
      .send(small ? file.gzipped : file.content);
  });
  return router;
}
