// SPDX-License-Identifier: MIT
// npm test: everything that must hold before a change lands. `npm test -- NAME…` runs only these phases and what they
// need. Uses nothing from node_modules itself, since it starts before they are there.
import path from 'node:path';
import { checks, runCheck } from './check.mjs';
import { build, coreCount, ctest, root } from './lib/native.mjs';
import { lastLines, run } from './lib/process.mjs';
import { countNodeTest } from './lib/reports.mjs';
import { runPhases, withNeeds } from './lib/schedule.mjs';
import { nodeTestFiles } from './lib/files.mjs';

const kLabels = ['unit', 'conformance', 'golden'];
const half = Math.max(1, Math.floor(coreCount / 2));

async function setup() {
  const { code, output } = await run('bash', [path.join(root, 'tools/setup'), 'test'], {
    cwd: root,
  });
  if (code !== 0) throw new Error(lastLines(output));
}

async function check() {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const one of checks) {
    const { ok, output } = await runCheck(one);
    if (ok) counts.passed += 1;
    else {
      counts.failed += 1;
      counts.failures.push(`${one.name}\n${lastLines(output, 30)}`);
    }
  }
  return counts;
}

async function nodeTests(...folders) {
  const args = ['--test', '--test-reporter=tap', ...nodeTestFiles(root, folders)];
  const { output } = await run(process.execPath, args, { cwd: root, timeoutSeconds: 600 });
  const counts = countNodeTest(output);
  return { ...counts, detail: counts.failed ? lastLines(output, 120) : undefined };
}

const phases = [
  { name: 'setup', run: setup },
  {
    name: 'build-native-asan',
    needs: ['setup'],
    cores: half,
    run: () => build('native-asan', ['sonic-tests'], half),
  },
  {
    name: 'build-wasm',
    needs: ['setup'],
    cores: half,
    run: () => build('wasm', ['all'], half),
  },
  {
    name: 'native-asan',
    needs: ['build-native-asan'],
    cores: half,
    run: () => ctest('native-asan', kLabels, half),
  },
  {
    name: 'wasm',
    needs: ['build-wasm'],
    cores: half,
    run: () => ctest('wasm', kLabels, half),
  },
  { name: 'check', needs: ['setup'], run: check },
  { name: 'tools', needs: ['setup'], run: () => nodeTests('tools', 'server') },
];

function report(phase, outcome) {
  const counts = [`${outcome.passed} passed`];
  if (outcome.failed) counts.push(`${outcome.failed} failed`);
  if (outcome.skipped) counts.push(`${outcome.skipped} skipped`);
  const isBuild = outcome.passed + outcome.failed + outcome.skipped === 0;
  const result = outcome.notRunBecause
    ? `not run, since ${outcome.notRunBecause} broke`
    : outcome.broken
      ? 'broke'
      : isBuild
        ? 'done'
        : counts.join(', ');
  console.log(
    `${phase.name.padEnd(18)} ${`${outcome.seconds.toFixed(1)} s`.padStart(8)}  ${result}`,
  );
  for (const failure of outcome.failures ?? [])
    console.log(`  ✗ ${failure.replaceAll('\n', '\n    ')}`);
  if (outcome.failed && outcome.detail) console.log(outcome.detail.replace(/^/gm, '  | '));
  const slow = (outcome.slowest ?? []).filter((test) => test.seconds >= 5).slice(0, 5);
  if (slow.length)
    console.log(`  slowest: ${slow.map((test) => `${test.name} ${test.seconds} s`).join(', ')}`);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const begin = Date.now();
try {
  const names = process.argv.slice(2);
  const outcomes = await runPhases(
    names.length ? withNeeds(phases, names) : phases,
    coreCount,
    report,
  );
  for (const outcome of outcomes.values()) {
    for (const key of Object.keys(total)) total[key] += outcome[key];
  }
} catch (error) {
  console.log(String(error.stack ?? error));
  total.failed += 1;
}
console.log(`whole run ${((Date.now() - begin) / 1000).toFixed(0)} s`);
console.log(`sonic: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
