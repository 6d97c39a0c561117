// SPDX-License-Identifier: MIT
// npm run bench: every module natively and in WASM against the reference biquad r, a Faust build, and native Web Audio
// nodes, in one run; sizes too. Prints a table of ratios against the budgets of the architecture, writes bench.json.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { faustTimes } from '../bench/faust.mjs';
import { buildApp } from './build-app.mjs';
import { build, coreCount, root } from './lib/native.mjs';
import { run } from './lib/process.mjs';

// Cost caps in r, mono: docs/architecture.md, budgets.
const kCaps = { 'amp-crunch': 120, overdrive: 40, reverb: 20, cabinet: 15 };
const kOtherCap = 8;
const kSeconds = 10;
const kRounds = 3;

async function moduleTimes(preset, program) {
  await build(preset, ['sonic-bench'], coreCount);
  const { code, output } = await run(program[0], program.slice(1), { cwd: root });
  if (code !== 0) throw new Error(output.slice(-300));
  return JSON.parse(output.slice(output.indexOf('{')));
}

/** CPU ticks (10 ms) of all renderer processes below this one. */
function rendererTicks() {
  const stat = (pid) => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
    } catch {
      return ['', '0'];
    }
  };
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let command = '';
    try {
      command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      continue;
    }
    if (!command.includes('--type=renderer')) continue;
    for (let at = pid; Number(at) > 1; at = stat(at)[1]) {
      if (at !== String(process.pid)) continue;
      const fields = stat(pid);
      ticks += Number(fields[11]) + Number(fields[12]);
      break;
    }
  }
  return ticks;
}

function serve() {
  const types = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };
  const server = createServer((request, response) => {
    const name = path.basename(new URL(request.url, 'http://x').pathname) || 'bench.html';
    const file = [path.join(root, 'bench', name), path.join(root, 'web/dist', name)].find(
      existsSync,
    );
    if (name !== 'bench.html' && !file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[path.extname(name)] ?? 'text/plain' });
    response.end(
      name === 'bench.html' ? '<script type=module src=page.js></script>' : readFileSync(file),
    );
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** ns per frame and channel, CPU of the renderer process, median of kRounds. */
async function browserTimes() {
  const { chromium } = await import('@playwright/test');
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  const jobs = {
    eq8: { count: 16, channels: 2 },
    reverb: { count: 6, channels: 1 },
    shaper: { count: 8, channels: 1 },
  };
  const times = {};
  for (const [name, { count, channels }] of Object.entries(jobs)) {
    times[name] = {};
    for (const side of ['native', 'ours']) {
      const results = [];
      for (let round = 0; round < kRounds; round += 1) {
        const page = await browser.newPage();
        await page.goto(`http://127.0.0.1:${server.address().port}/bench.html`);
        await page.waitForFunction('globalThis.isReady');
        await page.evaluate((args) => globalThis.prepare(...args), [side, name, count, kSeconds]);
        const begin = rendererTicks();
        const peak = await page.evaluate(() => globalThis.go());
        if (!(peak > 0)) throw new Error(`${side} ${name} is silent`);
        results.push(((rendererTicks() - begin) * 1e7) / (kSeconds * 48_000 * count * channels));
        await page.close();
      }
      times[name][side] = results.sort((a, b) => a - b)[kRounds >> 1];
    }
  }
  await browser.close();
  server.close();
  return times;
}

const gzipped = (file) => gzipSync(readFileSync(path.join(root, file)), { level: 9 }).length;

/** Bytes of each module's own object file: code, tables and what the linker will still drop. */
function objectSizes() {
  const folder = path.join(root, 'build/wasm/CMakeFiles/engine.dir/engine/modules');
  return Object.fromEntries(
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.cpp.o'))
      .map((name) => [
        path.basename(name, '.cpp.o'),
        gzipped(path.join('build/wasm/CMakeFiles/engine.dir/engine/modules', name)),
      ]),
  );
}

function sizes() {
  const assets = readdirSync(path.join(root, 'dist/assets'));
  const first = assets
    .filter((name) => /\.(js|css|wasm)$/.test(name))
    .map((name) => `dist/assets/${name}`);
  return {
    wasmGzipBytes: gzipped('web/dist/engine.wasm'),
    objectGzipBytes: objectSizes(),
    firstSoundGzipBytes: [...first, 'dist/index.html'].reduce(
      (sum, file) => sum + gzipped(file),
      0,
    ),
  };
}

const pad = (text, width) => String(text).padStart(width);
const mark = (isWithin) => (isWithin ? 'within' : 'OVER');

await buildApp();
const native = await moduleTimes('native', [path.join(root, 'build/native/sonic-bench')]);
const wasm = await moduleTimes('wasm', [
  process.execPath,
  '--no-experimental-fetch',
  path.join(root, 'build/wasm/sonic-bench.js'),
]);
const faust = await faustTimes(path.join(root, 'build/bench'), run);
const browser = await browserTimes();
const size = sizes();
const types = wasm.modules.length;

console.log(
  `r = ${wasm.biquadNs.toFixed(2)} ns/frame in WASM, ${native.biquadNs.toFixed(2)} native`,
);
console.log(
  'module          ns (wasm)      in r   cap   within   wasm/native   p99.9/median   of a plain loop',
);
for (const [i, { module, nsPerFrame, spread, plain }] of wasm.modules.entries()) {
  const inR = nsPerFrame / wasm.biquadNs;
  const cap = kCaps[module] ?? kOtherCap;
  const ratio = nsPerFrame / native.modules[i].nsPerFrame;
  console.log(
    `${module.padEnd(15)} ${pad(nsPerFrame.toFixed(1), 9)} ${pad(inR.toFixed(1), 9)} ${pad(cap, 5)}   ${mark(inR <= cap).padEnd(6)} ${pad(ratio.toFixed(2), 13)} ${pad(spread.toFixed(2), 14)} ${pad(plain.toFixed(2), 17)}`,
  );
}
const eq = browser.eq8.ours / browser.eq8.native;
const reverb = browser.reverb.ours / browser.reverb.native;
const shaper = browser.shaper.ours / browser.shaper.native;
console.log('\nagainst native Web Audio nodes, CPU of one Chromium (ours / theirs)');
console.log(
  `8-band stereo EQ, 8 BiquadFilterNodes     ${eq.toFixed(2)}   budget 0.33   ${mark(eq <= 1 / 3)}`,
);
console.log(
  `16-line FDN, 8 DelayNodes with filters    ${reverb.toFixed(2)}   budget 0.20   ${mark(reverb <= 0.2)}`,
);
console.log(
  `TS808 solver, one 4x WaveShaperNode       ${shaper.toFixed(2)}   (a circuit against a table)`,
);
const nsOf = (id) => wasm.modules.find(({ module }) => module === id)?.nsPerFrame ?? Number.NaN;
console.log('\nagainst Faust (WASM in Node, ns per frame)');
console.log(`biquad: Faust ${faust.biquad.toFixed(1)}, r ${wasm.biquadNs.toFixed(1)}`);
console.log(
  `8-band EQ: Faust ${faust.eq8.toFixed(1)}, parametric-eq ${nsOf('parametric-eq').toFixed(1)}`,
);
console.log(
  `FDN: Faust with 8 lines ${faust.fdn8.toFixed(1)}, reverb with 16 ${nsOf('reverb').toFixed(1)}`,
);
// The live mix of the architecture's budget, as far as its modules stand.
const kMix = [
  'gate',
  'overdrive',
  'amp-crunch',
  'cabinet',
  'parametric-eq',
  'compressor',
  'delay',
  'reverb',
];
const mixNs = kMix.reduce((sum, id) => sum + nsOf(id), 0) / kMix.length;
const halfCoreNs = 0.5e9 / 48_000;
console.log(
  `\n${kMix.join(', ')} in equal parts: ${Math.floor(halfCoreNs / mixNs)} modules on half a core (budget 130)`,
);
console.log(
  `an edit of 500 nodes is planned in ${wasm.plan500Ms.toFixed(1)} ms in WASM (budget 5 ms)`,
);
const kb = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
console.log(
  `\nengine.wasm gzipped ${kb(size.wasmGzipBytes)} (budget 350 kB; ${(size.wasmGzipBytes / 1000 / types).toFixed(1)} kB per module, all shared code counted)`,
);
console.log(
  `everything before the first sound, gzipped ${kb(size.firstSoundGzipBytes)} (budget 500 kB)`,
);
console.log('object files of the modules, gzipped bytes:');
console.log(
  Object.entries(size.objectGzipBytes)
    .map(([name, bytes]) => `${name} ${bytes}`)
    .join(', '),
);
const file = path.join(root, 'build/bench.json');
writeFileSync(file, JSON.stringify({ native, wasm, faust, browser, size }, null, 1));
console.log(`\nwritten: ${path.relative(root, file)}`);
process.exit(0);
