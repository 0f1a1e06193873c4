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

/** The page and its bundled scripts and styles. */
export function pageRoutes(): Router {
  const router = Router();
  const document: RequestHandler = async (_request, response) => {
    const bundle = await pageBundle();
    response.set('Cache-Control', 'no-cache').type('html').send(pageHtml(bundle));
  };
  router.get(PATHS, document);
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
