// SPDX-License-Identifier: MIT
// npm run soak: the long native tests (suites named …Soak…), optimised and without sanitizers; then what only a quiet
// machine can tell: whether the app drops out more often than a bare worklet.
import { buildApp } from './build-app.mjs';
import { build, coreCount, ctest, root } from './lib/native.mjs';
import { run } from './lib/process.mjs';

/** The end-to-end tests named soak-*; they print their figures. */
async function browserSoak() {
  await buildApp();
  const args = ['playwright', 'test', '--config=e2e', '--project=soak'];
  const { code } = await run('npx', args, { cwd: root, env: { SONIC_SOAK: '1' }, show: true });
  return code === 0;
}

try {
  await build('native', ['sonic-tests'], coreCount, true);
  const counts = await ctest('native', ['soak'], coreCount);
  for (const failure of counts.failures) console.log(`✗ ${failure}`);
  for (const { name, seconds } of counts.slowest.slice(0, 10)) console.log(`${name} ${seconds} s`);
  const isQuiet = await browserSoak();
  const passed = counts.passed + (isQuiet ? 1 : 0);
  const failed = counts.failed + (isQuiet ? 0 : 1);
  const { skipped } = counts;
  console.log(`sonic: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
