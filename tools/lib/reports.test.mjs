// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  countGtest,
  countGtestFolder,
  countNodeTest,
  countPlaywright,
  countVitest,
} from './reports.mjs';

const of = ({ passed, failed, skipped }) => [passed, failed, skipped];
const gtest = (...tests) => ({ testsuites: [{ name: 'Gain', testsuite: tests }] });
const ran = { name: 'A', status: 'RUN', result: 'COMPLETED', time: '0.5s' };

test('GoogleTest: passed, failed, skipped and disabled are told apart', () => {
  const counts = countGtest(
    gtest(
      ran,
      { ...ran, name: 'B', failures: [{ failure: 'gain.cpp:3\nwrong' }] },
      { ...ran, name: 'C', result: 'SKIPPED' },
      { ...ran, name: 'D', status: 'NOTRUN', result: 'SUPPRESSED' },
    ),
  );
  assert.deepEqual(of(counts), [1, 1, 2]);
  assert.match(counts.failures[0], /^Gain\.B\ngain\.cpp:3/);
});

test('GoogleTest: a process that left no report is a failure', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sonic-reports-'));
  try {
    writeFileSync(path.join(folder, 'unit-0.json'), JSON.stringify(gtest(ran)));
    assert.deepEqual(of(countGtestFolder(folder, ['unit-0', 'unit-1'])), [1, 1, 0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('node:test: counts come from the summary, and none is an error', () => {
  const tap = 'ok 1 - a\nnot ok 2 - b\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 2\n# todo 0\n';
  assert.deepEqual(of(countNodeTest(tap)), [1, 1, 2]);
  assert.throws(() => countNodeTest('Segmentation fault'), /no '# pass' line/);
});

test('vitest: a file that cannot be loaded is a failure', () => {
  const counts = countVitest({
    numPassedTests: 2,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [
      { name: '/x/torn.test.ts', status: 'failed', message: 'no such file', assertionResults: [] },
      {
        name: '/x/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [{ status: 'failed', fullName: 'a b', failureMessages: ['1 ≠ 2'] }],
      },
    ],
  });
  assert.deepEqual(of(counts), [2, 2, 1]);
  assert.deepEqual(counts.failures, ['torn.test.ts\nno such file', 'a b\n1 ≠ 2']);
});

test('Playwright: second tries pass, a server that did not start is a failure', () => {
  const spec = (status) => ({
    title: status,
    file: 'a.spec.ts',
    tests: [
      {
        projectName: 'ui',
        status,
        results: [{ duration: 1500, errors: [{ message: '\x1b[31mno\x1b[39m' }] }],
      },
    ],
  });
  const counts = countPlaywright({
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [
      { specs: [spec('expected')], suites: [{ specs: [spec('unexpected'), spec('flaky')] }] },
    ],
  });
  assert.deepEqual(of(counts), [2, 1, 0]);
  assert.deepEqual(counts.failures, ['[ui] a.spec.ts: unexpected\nno']);
  assert.deepEqual(counts.flaky, ['[ui] a.spec.ts: flaky']);
  const broken = countPlaywright({
    stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
    suites: [],
    errors: [{ message: 'web server exited' }],
  });
  assert.deepEqual(of(broken), [0, 1, 0]);
});
