// SPDX-License-Identifier: MIT
// npm run soak: the long native tests (suites named …Soak…), optimised and without sanitizers.
import { build, coreCount, ctest } from './lib/native.mjs';

try {
  await build('native', ['sonic-tests'], coreCount, true);
  const counts = await ctest('native', ['soak'], coreCount);
  for (const failure of counts.failures) console.log(`✗ ${failure}`);
  for (const { name, seconds } of counts.slowest.slice(0, 10)) console.log(`${name} ${seconds} s`);
  const { passed, failed, skipped } = counts;
  console.log(`sonic: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
