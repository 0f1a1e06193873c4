import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const PUBLIC = fileURLToPath(new URL('../public', import.meta.url));

/** The two libraries of the page, as their packages ship them for browsers. */
const VENDOR = {
  'd3.js': packageFile('d3', 'dist/d3.min.js'),
  'plot.js': packageFile('@observablehq/plot', 'dist/plot.umd.min.js'),
} as const;

/** The page and what it loads, all from this server: it works with no network. */
export function staticFiles(): Router {
  const router = Router();
  for (const [name, path] of Object.entries(VENDOR)) {
    router.get(`/vendor/${name}`, (_request, response) => {
      response.sendFile(path, { maxAge: '30d', dotfiles: 'allow' });
    });
  }
  router.use(
    express.static(PUBLIC, {
      cacheControl: false,
      extensions: ['html'],
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  return router;
}

/** A file of an installed package that its `exports` do not list. */
function packageFile(name: string, path: string): string {
  const main = createRequire(import.meta.url).resolve(name);
  const folder = join('node_modules', ...name.split('/'));
  return join(main.slice(0, main.lastIndexOf(folder) + folder.length), path);
}
