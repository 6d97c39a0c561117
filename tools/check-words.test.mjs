// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkText } from './check-words.mjs';

// Put together here, since the check reads this file too.
const slash = '/';

test('machine paths and registry hosts are found with their line', () => {
  assert.deepEqual(checkText('a.md', `fine\nsee ${slash}home/ann/x and more\n`), [
    'a.md:2: a path of one machine',
  ]);
  assert.equal(checkText('a.md', `cd "${slash}work/main"`).length, 1);
  assert.equal(checkText('a.json', `"https://registry.${'npm'}js.org/vite"`).length, 1);
});

test('ordinary paths are not', () => {
  assert.deepEqual(
    checkText('a.sh', 'test -e /usr/include/hwy/highway.h && ls web/work/x /tmp\n'),
    [],
  );
});
