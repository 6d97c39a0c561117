// SPDX-License-Identifier: MIT
// One Faust build beside ours: compiled now, run in plain Node, best of many slices. Faust's compiler is LGPL and no part
// of Sonic-Core; it is installed into the build folder when the bench asks for it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const kVersion = '0.18.4';
const kLines = [1201, 1433, 1693, 1913, 2203, 2477, 2791, 3109];
const kPrograms = {
  biquad: 'process = fi.lowpass(2, 1000);',
  eq8: 'process = seq(i, 8, fi.peak_eq(3, 60 * 2^i, 60 * 2^i));',
  fdn8: `d(i) = ba.take(i + 1, (${kLines.join(',')}));
process = _ <: ((ro.interleave(8,2) : par(i,8,+) : par(i,8,@(d(i)-1)) : par(i,8,(*(0.7) : +~*(0.3)))
  : ro.hadamard(8) : par(i,8,*(0.3)))~si.bus(8)) :> _;`,
};
const kFrames = 128;

async function install(folder, run) {
  const home = path.join(folder, 'node_modules/@grame/faustwasm');
  if (existsSync(home)) return home;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const { code, output } = await run(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', `@grame/faustwasm@${kVersion}`],
    { cwd: folder },
  );
  if (code !== 0) throw new Error(output.slice(-300));
  return home;
}

function bestSlice(dsp) {
  const input = [Float32Array.from({ length: kFrames }, (_, i) => Math.sin(i) * 0.25)];
  const output = [new Float32Array(kFrames)];
  let best = Infinity;
  for (let slice = 0; slice < 300; slice += 1) {
    const begin = process.hrtime.bigint();
    for (let block = 0; block < 60; block += 1) dsp.compute(input, output);
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / (60 * kFrames));
  }
  return best;
}

/** Nanoseconds per frame of each program, mono. */
export async function faustTimes(folder, run) {
  const home = await install(folder, run);
  const faust = await import(pathToFileURL(path.join(home, 'dist/esm/index.js')).href);
  const compilerFile = path.join(home, 'libfaust-wasm/libfaust-wasm.js');
  const library = new faust.LibFaust(await faust.instantiateFaustModuleFromFile(compilerFile));
  const compiler = new faust.FaustCompiler(library);
  const times = {};
  for (const [name, source] of Object.entries(kPrograms)) {
    const generator = new faust.FaustMonoDspGenerator();
    await generator.compile(compiler, name, `import("stdfaust.lib");${source}`, '-ftz 0');
    const processor = await generator.createOfflineProcessor(48_000, kFrames);
    processor.start?.();
    times[name] = bestSlice(processor.fDSPCode ?? processor);
  }
  return times;
}
