import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { generatorConfig } from '@quaestor/finsql';
import { z } from 'zod';
import { ServerError } from './errors.ts';
import { hostNameOf } from './host-name.ts';
import { LOG_LEVELS } from './request-log.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Timers hold no longer wait: a longer one would fire at once. */
const MOST_SECONDS = Math.floor((2 ** 31 - 1) / 1000);

const seconds = z.coerce.number().max(MOST_SECONDS);

const hostName = z.string().transform((text, context) => {
  const name = hostNameOf(text.trim());
  if (name !== undefined) return name;
  context.addIssue({
    code: 'custom',
    message: `is ${JSON.stringify(text)}: a host name or address alone is needed, without scheme, port or path, such as box.lan`,
  });
  return z.NEVER;
});

/** Everything the server can be told, from the environment or from the command line. */
export const serverConfig = z
  .strictObject({
    host: hostName.default('127.0.0.1').describe('address to listen on'),
    port: z.coerce
      .number()
      .int()
      .min(0)
      .max(65535)
      .default(4321)
      .describe('first port to try; the next free one is taken when it is in use, 0 = any'),
    home: z
      .string()
      .min(1)
      .default(() => join(homedir(), '.quaestor'))
      .describe('state folder: engine, models, adapters, databases, jobs'),
    databases: z
      .array(z.string().min(1))
      .default([])
      .describe('SQLite files, or folders of them, beside the databases of the state folder'),
    questions: z
      .array(z.string().min(1))
      .default([])
      .describe('JSON files of questions to offer on the page: [{ question, db_id }]'),
    exemplars: z
      .array(z.string().min(1))
      .default([])
      .describe('JSON files of questions with known SQL that guide the pipeline'),
    model: z.string().min(1).optional().describe('base model: a folder, file or hub name'),
    adapter: z
      .string()
      .min(1)
      .optional()
      .describe('adapter to ask with, by name; none = the base model alone'),
    ...generatorConfig.shape,
    remoteKey: z
      .string()
      .min(1)
      .optional()
      .describe('key that the remote generator’s server asks for'),
    allowedHosts: z
      .array(hostName)
      .default([])
      .describe('host names, beside the loopback ones, that the page may be opened under'),
    maxRunning: z.coerce
      .number()
      .int()
      .min(1)
      .max(64)
      .default(8)
      .describe('questions that are answered at the same time, written side by side'),
    maxWaiting: z.coerce
      .number()
      .int()
      .min(0)
      .default(8)
      .describe('questions, and statements of each client, that may wait for their turn'),
    askSeconds: seconds
      .positive()
      .default(180)
      .describe('longest time that one question may take, its waiting not counted'),
    statementSeconds: seconds
      .positive()
      .default(5)
      .describe('longest time that one SQL statement may run'),
    evaluationSets: z
      .record(z.string().min(1), z.string().min(1))
      .default({})
      .describe('JSON files of questions with known SQL that measure accuracy, by name'),
    uploadBytes: z.coerce
      .number()
      .int()
      .positive()
      .default(1_000_000_000)
      .describe('bytes of the largest file that may be uploaded'),
    jobBytes: z.coerce
      .number()
      .int()
      .positive()
      .default(20_000_000_000)
      .describe('bytes that jobs and uploads may hold together'),
    requireKey: z
      .enum(['auto', 'always'])
      .default('auto')
      .describe('auto: requests need a key where other machines can reach the server'),
    ratePerMinute: z.coerce
      .number()
      .int()
      .positive()
      .default(600)
      .describe('requests a minute for each key, or each address where no key is needed'),
    drainSeconds: seconds
      .min(0)
      .default(30)
      .describe('time that requests under way have to end when the server is stopped'),
    logLevel: z.enum(LOG_LEVELS).default('info').describe('what is logged, as JSON lines'),
  })
  .refine((config) => LOOPBACK.has(config.host) || config.allowedHosts.length > 0, {
    path: ['allowedHosts'],
    message:
      'is empty: an address that other machines can reach needs the host names it may be opened under (QUAESTOR_ALLOWED_HOSTS=name,name)',
  });

export type ServerConfig = z.output<typeof serverConfig>;
export type ServerOptions = z.input<typeof serverConfig>;

/**
 * Reads the configuration once, at the edge. Options win over the environment:
 * QUAESTOR_HOST, _PORT, _HOME, _MODEL, _ADAPTER, _DATABASES (separated as in PATH), _GENERATOR,
 * _REMOTE_URL, _REMOTE_MODEL, _REMOTE_KEY,
 * _ALLOWED_HOSTS (separated by commas), _MAX_RUNNING, _MAX_WAITING, _ASK_SECONDS, _STATEMENT_SECONDS, _REQUIRE_KEY,
 * _RATE_PER_MINUTE, _DRAIN_SECONDS, _LOG_LEVEL, _UPLOAD_BYTES, _JOB_BYTES.
 *
 * @throws ServerError 'bad-config', naming every problem at once
 */
export function readConfig(
  options: ServerOptions = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ServerConfig {
  const list = (value: string | undefined, separator: string) =>
    value
      ?.split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const fromEnvironment = {
    host: environment.QUAESTOR_HOST,
    port: environment.QUAESTOR_PORT,
    home: environment.QUAESTOR_HOME,
    model: environment.QUAESTOR_MODEL,
    adapter: environment.QUAESTOR_ADAPTER,
    generator: environment.QUAESTOR_GENERATOR,
    remoteUrl: environment.QUAESTOR_REMOTE_URL,
    remoteModel: environment.QUAESTOR_REMOTE_MODEL,
    remoteKey: environment.QUAESTOR_REMOTE_KEY,
    databases: list(environment.QUAESTOR_DATABASES, delimiter),
    allowedHosts: list(environment.QUAESTOR_ALLOWED_HOSTS, ','),
    maxRunning: environment.QUAESTOR_MAX_RUNNING,
    maxWaiting: environment.QUAESTOR_MAX_WAITING,
    askSeconds: environment.QUAESTOR_ASK_SECONDS,
    statementSeconds: environment.QUAESTOR_STATEMENT_SECONDS,
    requireKey: environment.QUAESTOR_REQUIRE_KEY,
    ratePerMinute: environment.QUAESTOR_RATE_PER_MINUTE,
    drainSeconds: environment.QUAESTOR_DRAIN_SECONDS,
    logLevel: environment.QUAESTOR_LOG_LEVEL,
    uploadBytes: environment.QUAESTOR_UPLOAD_BYTES,
    jobBytes: environment.QUAESTOR_JOB_BYTES,
  };
  const result = serverConfig.safeParse({ ...given(fromEnvironment), ...given(options) });
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'options'}: ${issue.message}`,
  );
  throw new ServerError(
    'bad-config',
    `The server cannot start with these settings: ${problems.join('; ')}.`,
    { problems },
  );
}

/** Unset and blank values do not override anything. */
function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
}

/** Whether requests without a key are refused. */
export function needsKey({ host, requireKey }: ServerConfig): boolean {
  return requireKey === 'always' || !LOOPBACK.has(host);
}

/** Host names under which requests are accepted, lower case. */
export function acceptedHostnames(config: ServerConfig): ReadonlySet<string> {
  return new Set([...LOOPBACK, config.host, ...config.allowedHosts]);
}
