// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPhases, withNeeds } from './schedule.mjs';

const later = () => new Promise((done) => setTimeout(done, 5));

test('phases wait for what they need and never use more cores than there are', async () => {
  const log = [];
  let used = 0;
  let most = 0;
  const phase = (name, cores, needs = []) => ({
    name,
    cores,
    needs,
    async run() {
      used += cores;
      most = Math.max(most, used);
      await later();
      used -= cores;
      log.push(name);
      return { passed: 1 };
    },
  });
  const phases = [
    phase('test', 1, ['build']),
    phase('build', 1),
    phase('other', 1),
    phase('e2e', 2, ['build']),
  ];
  const outcomes = await runPhases(phases, 2, () => {});
  assert.equal(most, 2);
  assert.equal(outcomes.size, 4);
  assert.ok(log.indexOf('build') < log.indexOf('test'));
  assert.ok(log.indexOf('build') < log.indexOf('e2e'));
});

test('a broken phase is one failure, what needs it is not run, the rest goes on', async () => {
  const ran = [];
  const phases = [
    {
      name: 'build',
      run() {
        throw new Error('no compiler');
      },
    },
    { name: 'test', needs: ['build'], run: () => ran.push('test') },
    { name: 'deeper', needs: ['test'], run: () => ran.push('deeper') },
    { name: 'check', run: () => ({ passed: 3 }) },
  ];
  const outcomes = await runPhases(phases, 2, () => {});
  assert.deepEqual(ran, []);
  assert.equal(outcomes.get('build').failed, 1);
  assert.equal(outcomes.get('build').detail, 'no compiler');
  assert.equal(outcomes.get('test').notRunBecause, 'build');
  assert.equal(outcomes.get('deeper').notRunBecause, 'test');
  assert.equal(outcomes.get('check').passed, 3);
});

test('a failing test does not stop what needs its phase', async () => {
  const phases = [
    { name: 'unit', run: () => ({ failed: 2 }) },
    { name: 'e2e', needs: ['unit'], run: () => ({ passed: 1 }) },
  ];
  const outcomes = await runPhases(phases, 2, () => {});
  assert.equal(outcomes.get('e2e').passed, 1);
});

test('asking for one phase brings what it needs', () => {
  const phases = [
    { name: 'a' },
    { name: 'b', needs: ['a'] },
    { name: 'c', needs: ['b'] },
    { name: 'd' },
  ];
  const names = (list) => list.map((phase) => phase.name);
  assert.deepEqual(names(withNeeds(phases, ['c'])), ['a', 'b', 'c']);
  assert.throws(() => withNeeds(phases, ['x']), /no phase 'x'; there are: a, b, c, d/);
});
