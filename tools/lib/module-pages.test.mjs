// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatedFiles } from './module-pages.mjs';

const gate = {
  id: 'gate',
  label: 'Gate',
  category: 'dynamics',
  summary: 'Closes below a threshold.',
  role: 'effect',
  ports: [
    { id: 'in', direction: 'in', signal: 'audio', role: 'main', width: 'follow' },
    { id: 'key', direction: 'in', signal: 'audio', role: 'sidechain', width: 'mono' },
  ],
  params: [
    {
      id: 'threshold',
      label: 'Threshold',
      unit: 'dB',
      min: -80,
      max: 0,
      default: -50,
      curve: 'linear',
      structural: false,
      audioRate: false,
    },
    {
      id: 'mode',
      label: 'Mode',
      unit: '',
      min: 0,
      max: 1,
      default: 1,
      curve: 'linear',
      structural: true,
      audioRate: false,
      choices: ['soft|slow', 'hard'],
    },
  ],
  assets: [],
  readings: [{ id: 'reduction', unit: 'dB', count: 1 }],
};

test('each module has its page, and all are in the index and in the TypeScript names', () => {
  const files = generatedFiles([gate, { ...gate, id: 'other', label: 'Other' }]);
  assert.deepEqual(
    [...files.keys()],
    [
      'web/src/generated/modules.ts',
      'docs/modules/README.md',
      'docs/modules/gate.md',
      'docs/modules/other.md',
    ],
  );
  assert.match(
    files.get('docs/modules/README.md'),
    /\| \[Gate\]\(gate\.md\) \| dynamics \| Closes/,
  );
  const typescript = files.get('web/src/generated/modules.ts');
  assert.deepEqual(JSON.parse(typescript.match(/modules = (\[[^]*\]) as const/)[1])[0], gate);
});

test('a page shows ranges with units, choices by name, and what is special', () => {
  const page = generatedFiles([gate]).get('docs/modules/gate.md');
  assert.match(page, /\| `threshold` \| Threshold \| -80 dB … 0 dB \| -50 dB \| {2}\|/);
  assert.match(page, /\| `mode` \| Mode \| soft\\\|slow, hard \| hard \| structural \|/);
  assert.match(page, /\| `key` \| in \| audio \| sidechain \| mono \|/);
  assert.match(page, /\| `reduction` \| dB \| 1 \|/);
  assert.doesNotMatch(page, /## Files/);
});
