// `npm start` and `npm test` on a fresh clone: install the npm packages, then hand over to the
// command line, which does the rest of the set-up. Only Node built-ins.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, runProcess, runQuaestor } from './bin/launch.mjs';

const OLDEST_NODE = 20;

const lockFile = join(repository, 'package-lock.json');
const modules = join(repository, 'node_modules');
const stamp = join(modules, '.quaestor-stamp');

/** What each task runs once the packages are there. */
const tasks = {
  start: (args) => runQuaestor(['serve', '--setup', ...args]),
  test: async (args) => {
    const code = await runQuaestor(['setup', '--quiet']);
    if (code !== 0) return code;
    const vitest = join(modules, 'vitest', 'vitest.mjs');
    return runProcess(process.execPath, [vitest, 'run', ...args], { cwd: repository });
  },
  install: () => 0,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]) {
  const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : null;
  if (task === null) return fail(`bootstrap.mjs ${Object.keys(tasks).join('|')}`, 2);
  const node = process.versions.node;
  if (Number.parseInt(node, 10) < OLDEST_NODE) {
    return fail(`needs Node ${OLDEST_NODE} or newer, but this is ${node}: install a newer Node.`);
  }
  if (!installed()) {
    const code = await install();
    if (code !== 0) return code;
  }
  return task(args);
}

/** True when node_modules holds what the lock file says, by our stamp or by npm's own record. */
function installed() {
  if (!existsSync(join(modules, 'tsx', 'package.json'))) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true;
  const record = join(modules, '.package-lock.json');
  return existsSync(record) && statSync(record).mtimeMs >= statSync(lockFile).mtimeMs;
}

/** Install scripts stay off: the set-up builds the two native modules itself, from source. */
async function install() {
  note('installing npm packages …');
  // npm names itself to the scripts that it runs; called any other way, the one on the path.
  const script = process.env.npm_execpath;
  const [command, ...before] = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
  const args = [...before, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  let code;
  try {
    code = await runProcess(command, args, {
      cwd: repository,
      stdio: ['ignore', process.stderr, process.stderr],
    });
  } catch (error) {
    return fail(`could not run npm (${error.message}): install npm, which comes with Node.`);
  }
  if (code !== 0) {
    return fail(
      'npm ci failed (its message is above). Check network and disk, then run this again.',
      code,
    );
  }
  writeFileSync(`${stamp}.partial`, lockHash());
  renameSync(`${stamp}.partial`, stamp);
  return 0;
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function note(text) {
  process.stderr.write(`quaestor: ${text}\n`);
}

function fail(text, code = 1) {
  note(text);
  return code;
}
