/**
 * One operation of the HTTP interface: what it takes, what it gives and who may call it. The same
 * schemas check requests, type the handler and make the OpenAPI document.
 */
import type { Translated } from '@quaestor/peft';
import type { Request, Response } from 'express';
import type * as z from 'zod';
import type { Client } from '../access/client.ts';
import type { Scope } from '../access/scope.ts';
import type { ServerErrorCode } from '../errors.ts';
import type { ErrorCode } from '../http-error.ts';
import type { Tag } from './tags.ts';

/** What one status of an operation carries: nothing, or a schema for each media type. */
export interface ResponseSpec {
  readonly description: Translated;
  readonly content?: Readonly<Record<string, z.ZodType>>;
  readonly headers?: Readonly<Record<string, Translated>>;
}

/** A request as its handler sees it: checked and typed. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly client: Client;
  /** The media type the client would like most, of those of the first response. */
  readonly wanted: string;
  readonly request: Request;
  readonly response: Response;
}

interface RouteOf<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** As in OpenAPI: `/api/databases/{name}`. */
  readonly path: string;
  readonly tag: Tag;
  /** One line, no full stop. */
  readonly summary: Translated;
  readonly description?: Translated;
  /** What a key must allow; null: no key is needed. */
  readonly scope: Scope | null;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Bytes of a body, inflated. Default 100 kB. */
  readonly bodyLimit?: string;
  /** Error code for a body whose only faults are in one field; default bad-request. */
  readonly fieldErrors?: Readonly<Record<string, ServerErrorCode>>;
  /** Called before the body is read; what it throws refuses the request without waiting for one. */
  admit?(): void;
  /** Honours Idempotency-Key. */
  readonly idempotent?: boolean;
  readonly responses: Readonly<Record<number, ResponseSpec>>;
  /** What may go wrong beside what any operation refuses. */
  readonly errors?: readonly ErrorCode[];
  /** How errors are written. Default: problem+json. */
  readonly errorStyle?: 'problem' | 'openai';
  /** The JSON body; undefined where it has answered by itself. */
  handle(call: Call<z.output<Params>, z.output<Query>, z.output<Body>>): unknown | Promise<unknown>;
}

/** A route whose types are settled. */
export type Route = RouteOf<z.ZodObject, z.ZodObject, z.ZodType>;

/** Types the handler by the route's own schemas. */
export function defineRoute<
  Params extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Query extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Body extends z.ZodType = z.ZodUndefined,
>(route: RouteOf<Params, Query, Body>): Route {
  return route as unknown as Route;
}

/** Whether a request may come without a body. */
export function bodyIsOptional({ body }: Route): boolean {
  return body === undefined || body.safeParse(undefined).success;
}

/** The success of a route: its lowest status. */
export function successOf({ responses }: Route): readonly [status: number, spec: ResponseSpec] {
  const [first] = Object.entries(responses);
  if (first === undefined) throw new TypeError('a route needs a response');
  return [Number(first[0]), first[1]];
}
