// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFile } from './check-layering.mjs';

const included = (file, target) => checkFile(file, `#include "${target}"\n`);

const kRefused = [
  ['engine/core/module.h', 'engine/dsp/math.h'],
  ['engine/dsp/svf.h', 'engine/modules/all.h'],
  ['engine/graph/planner.cpp', 'engine/modules/all.h'],
  ['engine/graph/planner.cpp', 'engine/dsp/svf.h'],
  ['engine/graph/planner.cpp', 'engine/document/json.h'],
  ['engine/graph/planner.cpp', 'nlohmann/json.hpp'],
  ['engine/sequence/transport.cpp', 'engine/graph/graph.h'],
  ['engine/document/project.cpp', 'engine/modules/all.h'],
  ['engine/modules/drive/overdrive.cpp', 'engine/graph/graph.h'],
  ['engine/modules/drive/overdrive.cpp', 'engine/engine.h'],
  ['engine/analysis/pitch.cpp', 'engine/modules/all.h'],
  ['engine/modules/eq/parametric-eq.cpp', 'hwy/highway.h'],
  ['engine/dsp/fft.cpp', 'tests/support/signals.h'],
  ['engine/engine.cpp', 'bindings/views.h'],
  ['engine/live/live-output.cpp', 'engine/graph/graph.h'],
  ['engine/elsewhere/a.cpp', 'engine/core/io.h'],
];
for (const [file, target] of kRefused) {
  test(`${file} may not include ${target}`, () => {
    const breaches = included(file, target);
    assert.equal(breaches.length, 1);
    assert.match(breaches[0], new RegExp(`^${file.replaceAll('.', '\\.')}:1: `));
  });
}

const kGranted = [
  ['engine/modules/drive/overdrive.cpp', 'engine/dsp/oversampler.h'],
  ['engine/modules/drive/overdrive.cpp', 'engine/modules/drive/overdrive.h'],
  ['engine/modules/utility/tuner.cpp', 'engine/analysis/pitch.h'],
  ['engine/dsp/simd.h', 'hwy/highway.h'],
  ['engine/graph/travel.h', 'engine/dsp/math.h'],
  ['engine/document/project.cpp', 'engine/graph/graph.h'],
  ['engine/document/project.cpp', 'nlohmann/json.hpp'],
  ['engine/engine.cpp', 'engine/modules/all.h'],
  ['bindings/project.cpp', 'engine/engine.h'],
  ['tests/engine/dsp/math-test.cpp', 'engine/dsp/math.h'],
];
for (const [file, target] of kGranted) {
  test(`${file} may include ${target}`, () => {
    assert.deepEqual(included(file, target), []);
  });
}

test('system includes in angle brackets are judged too', () => {
  assert.equal(checkFile('engine/graph/plan.h', '#include <nlohmann/json.hpp>\n').length, 1);
  assert.deepEqual(checkFile('engine/graph/plan.h', '#include <vector>\n'), []);
});

const imported = (file, line) => checkFile(file, `${line}\n`).length;

test('the web package does not know the app', () => {
  assert.equal(imported('web/src/engine.ts', "import { rack } from '../../pwa/src/rack.ts';"), 1);
  assert.equal(imported('web/src/engine.ts', "import { Node } from './node.ts';"), 0);
  assert.equal(
    imported('web/src/engine.ts', "import type { Message } from '../../worklet/messages.ts';"),
    0,
  );
});

test('the worklet knows only generated shapes and the glue', () => {
  assert.equal(imported('worklet/processor.ts', "import { Node } from '../web/src/node.ts';"), 1);
  assert.equal(
    imported('worklet/processor.ts', "import { modules } from '../web/src/generated/modules.ts';"),
    0,
  );
  assert.equal(
    imported('worklet/processor.ts', "import create from '../build/wasm/engine.mjs';"),
    0,
  );
});

test('the app takes the package by its exports', () => {
  assert.equal(
    imported('pwa/src/app.ts', "import { SonicEngine } from '../../web/src/index.ts';"),
    1,
  );
  assert.equal(
    imported('pwa/src/app.ts', "import { SonicEngine } from 'sonic-core/src/engine.ts';"),
    1,
  );
  assert.equal(imported('pwa/src/app.ts', "const late = import('sonic-core/dist/index.js');"), 1);
  assert.equal(imported('pwa/src/app.ts', "import { SonicEngine } from 'sonic-core';"), 0);
  assert.equal(imported('pwa/src/app.ts', "import { bind } from 'sonic-core/document';"), 0);
  assert.equal(imported('pwa/src/app.ts', "import { html } from 'lit';"), 0);
});

test('a breach is named with its line', () => {
  const [breach] = checkFile(
    'pwa/src/a.ts',
    "import 'lit';\n\nexport * from '../../worklet/processor.ts';\n",
  );
  assert.equal(breach, 'pwa/src/a.ts:3: pwa may not import from worklet');
});
