// SPDX-License-Identifier: MIT
// Configures, builds and tests one CMake preset.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLines, run } from './process.mjs';
import { countGtestFolder } from './reports.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const coreCount = Math.max(2, os.availableParallelism());

/** Builds `targets` of a preset with `jobs` compilers at once; throws with the compiler's words. */
export async function build(preset, targets, jobs, show = false) {
  const steps = [
    ['cmake', ['--preset', preset]],
    ['ninja', ['-C', path.join(root, 'build', preset), `-j${jobs}`, ...targets]],
  ];
  for (const [command, args] of steps) {
    const { code, output } = await run(command, args, { cwd: root, show });
    if (code !== 0) throw new Error(lastLines(output));
  }
}

function declaredTests(listing, labels) {
  return JSON.parse(listing)
    .tests.filter((test) => {
      const own = test.properties.find((property) => property.name === 'LABELS')?.value ?? [];
      return own.some((label) => labels.includes(label));
    })
    .map((test) => test.name);
}

/** Runs the ctests with these labels and counts the GoogleTests in them. */
export async function ctest(preset, labels, jobs) {
  const folder = path.join(root, 'build', preset);
  const reports = path.join(folder, 'reports');
  mkdirSync(reports, { recursive: true });
  for (const file of readdirSync(reports)) rmSync(path.join(reports, file));
  const listing = await run('ctest', ['--test-dir', folder, '--show-only=json-v1'], { cwd: root });
  const names = declaredTests(listing.output.slice(listing.output.indexOf('{')), labels);
  const filter = `^(${labels.join('|')})$`;
  const { code, output } = await run(
    'ctest',
    ['--test-dir', folder, '-L', filter, `-j${jobs}`, '--output-on-failure', '--no-tests=error'],
    { cwd: root, timeoutSeconds: 3600 },
  );
  const counts = countGtestFolder(reports, names);
  // A sanitizer report after the last test, say: the report is whole but the process failed.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { ...counts, detail: counts.failed ? lastLines(output) : undefined };
}
