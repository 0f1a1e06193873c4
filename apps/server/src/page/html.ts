import type { PageBundle } from './bundle.ts';

/** The one document of all pages: no text but what shows without scripts; the modules do the rest. */
export function pageHtml({ first, main, styles }: PageBundle): string {
  const sheets = styles.map((name) => `<link rel="stylesheet" href="/assets/${name}" />`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Quaestor</title>
    <meta name="description" content="Ask your finance data in plain language." />
    <link rel="icon" href="/mark.svg" type="image/svg+xml" />
    <script src="/assets/${first}"></script>
    ${sheets.join('\n    ')}
    <script type="module" src="/assets/${main}"></script>
  </head>
  <body>
    <noscript><p>This page needs JavaScript. Without it, POST /api/ask answers as JSON.</p></noscript>
  </body>
</html>
`;
}
