// SPDX-License-Identifier: MIT
// Reads the counts out of the test programs' own reports.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const nothing = () => ({ passed: 0, failed: 0, skipped: 0, failures: [], slowest: [] });

/** Counts of GoogleTest's JSON report. */
export function countGtest(report) {
  const counts = nothing();
  for (const suite of report.testsuites) {
    for (const test of suite.testsuite) {
      const name = `${suite.name}.${test.name}`;
      if (test.status !== 'RUN' || test.result === 'SKIPPED') counts.skipped += 1;
      else if (test.failures?.length) {
        counts.failed += 1;
        counts.failures.push(`${name}\n${test.failures[0].failure}`);
      } else counts.passed += 1;
      counts.slowest.push({ name, seconds: Number.parseFloat(test.time) });
    }
  }
  return counts;
}

/** Adds up the named reports in `folder`; a missing one means that its process died: one failure. */
export function countGtestFolder(folder, names) {
  const total = nothing();
  for (const name of names) {
    const file = path.join(folder, `${name}.json`);
    if (!existsSync(file)) {
      total.failed += 1;
      total.failures.push(`${name}: the test program ended without a report`);
      continue;
    }
    const counts = countGtest(JSON.parse(readFileSync(file, 'utf8')));
    for (const key of ['passed', 'failed', 'skipped']) total[key] += counts[key];
    total.failures.push(...counts.failures);
    total.slowest.push(...counts.slowest);
  }
  total.slowest.sort((a, b) => b.seconds - a.seconds);
  return total;
}

/** Counts of the summary that node:test's TAP reporter writes at its end. */
export function countNodeTest(tap) {
  const number = (word) => {
    const match = tap.match(new RegExp(`^# ${word} (\\d+)$`, 'm'));
    if (!match) throw new Error(`node:test gave no '# ${word}' line:\n${tap.slice(-2000)}`);
    return Number(match[1]);
  };
  const failures = [...tap.matchAll(/^ *not ok \d+ - (.*)$/gm)].map((match) => match[1]);
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
    failures,
    slowest: [],
  };
}

/** Counts of vitest's JSON report; a file that could not even be loaded is one failure. */
export function countVitest(report) {
  const counts = nothing();
  counts.passed = report.numPassedTests;
  counts.failed = report.numFailedTests;
  counts.skipped = report.numPendingTests + report.numTodoTests;
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (file.status === 'failed' && failed.length === 0) {
      counts.failed += 1;
      counts.failures.push(`${path.basename(file.name)}\n${file.message}`);
    }
    for (const test of failed) {
      counts.failures.push(`${test.fullName}\n${test.failureMessages[0] ?? ''}`);
    }
  }
  return counts;
}

const plain = (text) => stripVTControlCharacters(String(text ?? ''));

function* playwrightSpecs(suite) {
  for (const spec of suite.specs ?? []) yield spec;
  for (const inner of suite.suites ?? []) yield* playwrightSpecs(inner);
}

/** Counts of Playwright's JSON report. A test that passed on its second try counts as passed and is named. */
export function countPlaywright(report) {
  const counts = nothing();
  counts.passed = report.stats.expected + report.stats.flaky;
  counts.failed = report.stats.unexpected;
  counts.skipped = report.stats.skipped;
  counts.flaky = [];
  for (const suite of report.suites) {
    for (const spec of playwrightSpecs(suite)) {
      for (const test of spec.tests) {
        const name = `[${test.projectName}] ${spec.file}: ${spec.title}`;
        const seconds = test.results.reduce((sum, result) => sum + result.duration, 0) / 1000;
        counts.slowest.push({ name, seconds });
        if (test.status === 'flaky') counts.flaky.push(name);
        if (test.status !== 'unexpected') continue;
        const errors = test.results.at(-1)?.errors ?? [];
        counts.failures.push([name, ...errors.map((error) => plain(error.message))].join('\n'));
      }
    }
  }
  if (report.errors?.length && counts.failed === 0) {
    counts.failed = 1;
    counts.failures.push(report.errors.map((error) => error.message).join('\n'));
  }
  counts.slowest.sort((a, b) => b.seconds - a.seconds);
  return counts;
}
