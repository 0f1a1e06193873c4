#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { complete } from './complete.mjs';
import { repository, runQuaestor } from './launch.mjs';

const words = process.argv.slice(2);

if (words[0] === '__complete') {
  complete(words[1]);
} else if (existsSync(join(repository, 'node_modules', 'tsx'))) {
  process.exitCode = await runQuaestor(words);
} else {
  process.stderr.write('quaestor: nothing is installed yet. Run "npm start" once in its folder.\n');
  process.exitCode = 1;
}
