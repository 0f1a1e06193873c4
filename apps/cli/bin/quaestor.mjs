#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository, runQuaestor } from './launch.mjs';

if (existsSync(join(repository, 'node_modules', 'tsx'))) {
  process.exitCode = await runQuaestor(process.argv.slice(2));
} else {
  process.stderr.write('quaestor: nothing is installed yet. Run "npm start" once in its folder.\n');
  process.exitCode = 1;
}
