// SPDX-License-Identifier: MIT
// npm test: everything that must hold before a change lands. `npm test -- NAME…` runs only these phases and what they
// need. Uses nothing from node_modules itself, since it starts before they are there.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checks, runCheck } from './check.mjs';
import { nodeTestFiles, projectFiles } from './lib/files.mjs';
import { build, coreCount, ctest, root } from './lib/native.mjs';
import { lastLines, run } from './lib/process.mjs';
import { countNodeTest, countPlaywright, countVitest } from './lib/reports.mjs';
import { runPhases, withNeeds } from './lib/schedule.mjs';

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

async function generatedFilesAreFresh() {
  const args = [path.join(root, 'tools/generate.mjs'), '--check'];
  const { code, output } = await run(process.execPath, args, { cwd: root });
  if (code !== 0) throw new Error(lastLines(output));
  return { passed: 1 };
}

async function nodeTests(...folders) {
  // A file that leaves a server open must not hold up the run.
  const args = ['--test', '--test-timeout=300000', '--test-reporter=tap'];
  const files = nodeTestFiles(root, folders);
  // Without a file node would go and look for tests everywhere.
  if (files.length === 0) throw new Error(`no *.test.mjs in ${folders.join(', ')}`);
  args.push(...files);
  const { output } = await run(process.execPath, args, { cwd: root, timeoutSeconds: 600 });
  const counts = countNodeTest(output);
  return { ...counts, detail: counts.failed ? lastLines(output, 120) : undefined };
}

/** Runs a package's test program, which writes a JSON report to `name`.json. */
async function reporting(name, count, args, env) {
  const folder = path.join(root, 'build/reports');
  const file = path.join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(file, { force: true });
  const [program, ...rest] = args(file);
  const { code, output } = await run(path.join(root, 'node_modules/.bin', program), rest, {
    cwd: root,
    env: env(file),
    timeoutSeconds: 1200,
  });
  let counts;
  try {
    counts = count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(lastLines(output));
  }
  if (code !== 0 && counts.failed === 0) throw new Error(lastLines(output));
  return counts;
}

const webTests = () =>
  reporting(
    'web',
    countVitest,
    (file) => ['vitest', 'run', '--reporter=json', `--outputFile=${file}`],
    () => ({}),
  );
const e2eTests = () =>
  reporting(
    'e2e',
    countPlaywright,
    () => ['playwright', 'test', '--config=e2e'],
    (file) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
  );

async function buildApp() {
  const { code, output } = await run(process.execPath, [path.join(root, 'tools/build.mjs')], {
    cwd: root,
  });
  if (code !== 0) throw new Error(lastLines(output));
}

const files = projectFiles(root);
const has = (pattern) => files.some((file) => pattern.test(file));

// Long ones first. On two cores two of them run side by side, each free to use an idle core; the check is early news;
// the browser gets the machine for itself at the end.
const phases = [
  { name: 'setup', run: setup },
  {
    name: 'build-native-asan',
    needs: ['setup'],
    cores: half,
    run: () => build('native-asan', ['sonic-tests'], coreCount),
  },
  {
    name: 'build-wasm',
    needs: ['setup'],
    cores: half,
    run: () => build('wasm', ['all'], coreCount),
  },
  {
    name: 'native-asan',
    needs: ['build-native-asan'],
    cores: half,
    run: () => ctest('native-asan', kLabels, coreCount),
  },
  {
    name: 'wasm',
    needs: ['build-wasm'],
    cores: half,
    run: () => ctest('wasm', kLabels, coreCount),
  },
  { name: 'check', needs: ['setup'], cores: 0, run: check },
  { name: 'tools', needs: ['setup'], run: () => nodeTests('tools', 'server') },
  ...(has(/^cli\/.*\.cpp$/)
    ? [
        {
          name: 'build-native',
          needs: ['setup'],
          cores: half,
          run: () => build('native', ['sonic'], coreCount),
        },
        { name: 'cli', needs: ['build-native'], run: () => nodeTests('tests/cli') },
        { name: 'generated', needs: ['build-native'], run: generatedFilesAreFresh },
      ]
    : []),
  ...(has(/^(web|pwa|worklet)\/.*\.test\.ts$/)
    ? [{ name: 'web', needs: ['build-wasm', 'build-native'], run: webTests }]
    : []),
  ...(has(/^pwa\/index\.html$/)
    ? [
        { name: 'app', needs: ['build-wasm'], run: buildApp },
        { name: 'e2e', needs: ['app'], cores: coreCount, run: e2eTests },
      ]
    : []),
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
  for (const test of outcome.flaky ?? []) console.log(`  passed on its second try: ${test}`);
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
