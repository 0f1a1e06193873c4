import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Observable Plot puts one constant <style> element into each chart; this is that element's hash
 * (@observablehq/plot 0.6, class name `chart`). The browser test fails when it no longer fits.
 */
const PLOT_STYLE = "'sha256-zrfVyvY1E/5V+DXZunsRZW8XTqTsuIZzp8dBDThhSn8='";

/**
 * Only own files may run or be shown: no inline script, no other origin, no framing. Text from
 * databases and models therefore cannot become code even if the page had a mistake.
 * HTTPS-only directives are off because the server speaks plain HTTP on loopback.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", PLOT_STYLE],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  });
}
