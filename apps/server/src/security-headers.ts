import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Only own files may run or be shown: no inline script or style, no other origin, no framing. Text from
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
        styleSrc: ["'self'"],
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
