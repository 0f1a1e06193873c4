import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';

/** The description of the interface by itself; the page at /docs shows it. */
export function openapiRoute(document: () => object): Route {
  return defineRoute({
    method: 'get',
    path: '/openapi.json',
    tag: 'operation',
    summary: { en: 'Describe this interface in OpenAPI 3.1', zh: '以 OpenAPI 3.1 描述本接口' },
    scope: null,
    responses: {
      200: {
        description: { en: 'This document', zh: '本文档' },
        content: { 'application/json': z.looseObject({}) },
      },
    },
    handle: document,
  });
}
