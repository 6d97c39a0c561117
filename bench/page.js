// SPDX-License-Identifier: MIT
// Runs in the browser: the same job by native Web Audio nodes and by our engine, in an OfflineAudioContext each, so that
// the renderer process's own CPU clock counts both alike.
import { SonicEngine } from './index.js';

const kRateHz = 48_000;

function noise(frames) {
  let state = 7;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * 0.25;
  });
}

function contextWithSource(seconds, channels) {
  const context = new OfflineAudioContext(2, seconds * kRateHz, kRateHz);
  const buffer = context.createBuffer(channels, kRateHz, kRateHz);
  for (let c = 0; c < channels; c += 1) buffer.copyToChannel(noise(kRateHz), c);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.start();
  const out = new GainNode(context, { gain: 0.01 });
  out.connect(context.destination);
  return { context, source, out };
}

const kShaperCurve = Float32Array.from({ length: 2049 }, (_, i) => Math.tanh((i / 1024 - 1) * 8));
const kLines = [1201, 1433, 1693, 1913, 2203, 2477, 2791, 3109];

const native = {
  eq8({ context, source, out }) {
    let last = source;
    for (let band = 0; band < 8; band += 1) {
      const filter = new BiquadFilterNode(context, {
        type: 'peaking',
        frequency: 60 * 2 ** band,
        gain: 3,
      });
      last = last.connect(filter);
    }
    last.connect(out);
  },
  reverb({ context, source, out }) {
    const sum = new GainNode(context, { gain: -0.25 });
    for (const frames of kLines) {
      const delay = new DelayNode(context, { maxDelayTime: 1, delayTime: frames / kRateHz });
      const damp = new BiquadFilterNode(context, { frequency: 6000 });
      const feedback = new GainNode(context, { gain: 0.85 });
      source.connect(delay);
      delay.connect(damp).connect(feedback);
      feedback.connect(sum);
      feedback.connect(delay);
      sum.connect(delay);
      feedback.connect(out);
    }
  },
  shaper({ context, source, out }) {
    const shaper = new WaveShaperNode(context, { curve: kShaperCurve, oversample: '4x' });
    source.connect(shaper).connect(out);
  },
};

const kEqBands = Object.fromEntries(
  Array.from({ length: 8 }, (_, i) => [
    [`b${i + 1}Type`, 1],
    [`b${i + 1}Gain`, 3],
  ]).flat(),
);
const ours = {
  eq8: { type: 'parametric-eq', params: kEqBands, channels: 'stereo' },
  reverb: { type: 'reverb', params: {}, channels: 'mono' },
  shaper: { type: 'overdrive', params: {}, channels: 'mono' },
};

function projectOf({ type, params, channels }, count) {
  const nodes = {
    in: { type: 'input', params: { channel: channels === 'stereo' ? 3 : 2 } },
    out: { type: 'output' },
  };
  const wires = {};
  for (let i = 0; i < count; i += 1) {
    nodes[`m${i}`] = { type, params };
    wires[`a${i}`] = { from: ['in', 'out'], to: [`m${i}`, 'in'] };
    wires[`b${i}`] = { from: [`m${i}`, 'out'], to: ['out', 'in'], gain: 0.01 };
  }
  return { format: 'sonic-core', version: 1, nodes, wires };
}

let job;
globalThis.prepare = async (side, name, count, seconds) => {
  const channels = ours[name].channels === 'stereo' ? 2 : 1;
  const made = contextWithSource(seconds, channels);
  if (side === 'native') {
    for (let i = 0; i < count; i += 1) native[name](made);
  } else {
    const engine = await SonicEngine.create(made.context);
    const known = engine.modules.some((module) => module.id === ours[name].type);
    if (!known) throw new Error(`there is no module ${ours[name].type}`);
    await engine.load(projectOf(ours[name], count));
    made.source.connect(engine.node);
    engine.output.connect(made.out);
    await new Promise((resolve) => setTimeout(resolve, 300)); // the plan is with the worklet
  }
  job = async () => {
    const rendered = await made.context.startRendering();
    return Math.max(...rendered.getChannelData(0).subarray(-4800).map(Math.abs));
  };
};
globalThis.go = () => job();
globalThis.isReady = true;
