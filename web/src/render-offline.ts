// SPDX-License-Identifier: MIT
import { check, SonicError } from './errors.ts';
import { loadModule } from './load-module.ts';
import type { ProjectJson } from './types.ts';
import { instantiate, type EngineBinding, type Glue, type ProjectBinding } from './wire/glue.ts';

export interface RenderOptions {
  /** Planar input channels at the render's rate (1 or 2); silence without. */
  readonly inputs?: readonly Float32Array[];
  /** Default: the length of the input. */
  readonly frames?: number;
  /** Default: the project's own rate, or 48000. */
  readonly sampleRateHz?: number;
  readonly quality?: 'live' | 'hq';
  /** Output ports to get beside the mix, at most 64: [node id, port id]. */
  readonly taps?: readonly (readonly [string, string])[];
  /** Files by SHA-256. A file that is not here is an error. */
  readonly assets?: ReadonlyMap<string, Uint8Array>;
  /** Called block by block, in order. The arrays are reused: copy what you keep. */
  readonly onBlock: (block: RenderBlock) => void;
  readonly blockFrames?: number;
  readonly signal?: AbortSignal;
  readonly wasmUrl?: string | URL;
  readonly wasmModule?: WebAssembly.Module;
}
export interface RenderBlock {
  readonly frame: number;
  readonly frames: number;
  /** Left and right. */
  readonly channels: readonly [Float32Array, Float32Array];
  /** Left and right per tap. */
  readonly taps: readonly (readonly [Float32Array, Float32Array])[];
}

const kMaxFrames = 2048;
/** Work this long, then let the page breathe. */
const kSliceMs = 12;

/**
 * Renders a project as it would have sounded, faster than time, in a page, a worker or plain Node: the same runner as
 * the live engine, so the result is the same too. The transport plays from beat 0; volume, mute and the safety limiter
 * of the live output take no part.
 */
export async function renderOffline(
  project: ProjectJson | string,
  options: RenderOptions,
): Promise<void> {
  const glue = instantiate(options.wasmModule ?? (await loadModule(options.wasmUrl)));
  const json = typeof project === 'string' ? project : JSON.stringify(project);
  const length = options.frames ?? options.inputs?.[0]?.length ?? 0;
  if (!Number.isInteger(length) || length < 0)
    throw new RangeError(`frames must be a whole number, got ${length}`);
  const blockFrames = options.blockFrames ?? kMaxFrames;
  if (!Number.isInteger(blockFrames) || blockFrames < 1 || blockFrames > kMaxFrames) {
    throw new RangeError(`blockFrames must be 1..${kMaxFrames}, got ${blockFrames}`);
  }
  const taps = options.taps ?? [];
  const { project: document, sampleRateHz } = open(glue, json, options);
  document.setTaps(taps.map(([node, port]) => [node, port]));
  const engine = prepare(glue, document, sampleRateHz, taps.length, options.assets ?? new Map());
  try {
    await run(glue, engine, length, blockFrames, taps.length, options);
  } finally {
    engine.delete();
    document.delete();
  }
}

/** An engine that plays the project from beat 0, with everything it needs. The document is deleted if that fails. */
export function prepare(
  glue: Glue,
  document: ProjectBinding,
  sampleRateHz: number,
  tapCount: number,
  assets: ReadonlyMap<string, Uint8Array>,
): EngineBinding {
  const engine = new glue.Engine(sampleRateHz, kMaxFrames, tapCount, false);
  try {
    cookAll(glue, document, engine, assets);
    const { error, plan } = document.update();
    check(error);
    if (plan) {
      write(glue, engine, plan);
      check(engine.install(plan.byteLength));
    }
    engine.installNow();
    const { tempoBpm, beatsPerBar } = document.transport();
    engine.setBeatsPerBar(beatsPerBar);
    engine.setAnchor(0, 0, tempoBpm, true);
    return engine;
  } catch (error) {
    engine.delete();
    document.delete();
    throw error;
  }
}

function open(
  glue: Glue,
  json: string,
  options: RenderOptions,
): { project: ProjectBinding; sampleRateHz: number } {
  let sampleRateHz = options.sampleRateHz;
  if (sampleRateHz === undefined) {
    const probe = new glue.Project(48000, false);
    const error = probe.load(json);
    sampleRateHz = probe.sampleRateHz();
    probe.delete();
    check(error);
  }
  const project = new glue.Project(sampleRateHz, options.quality === 'hq');
  const error = project.load(json);
  if (error) project.delete();
  check(error);
  return { project, sampleRateHz };
}

function write(glue: Glue, engine: EngineBinding, bytes: Uint8Array): void {
  const at = engine.message(bytes.byteLength); // may move the heap: views are taken after it
  glue.HEAPU8.set(bytes, at);
}

function cookAll(
  glue: Glue,
  project: ProjectBinding,
  engine: EngineBinding,
  assets: ReadonlyMap<string, Uint8Array>,
): void {
  const { error, tasks } = project.missing();
  check(error);
  for (const task of tasks ?? []) {
    const files = task.files.map((sha256) => {
      const file = sha256 === '' ? new Uint8Array(0) : assets.get(sha256);
      if (!file) {
        const sentence = `The file ${sha256} that this node plays is not among the assets.`;
        throw new SonicError({ code: 'missing', place: task.place, sentence });
      }
      return file;
    });
    const cooked = glue.cook(task.blueprint, files);
    if (cooked.error) throw new SonicError({ ...cooked.error, place: task.place });
    for (const blob of cooked.blobs) {
      write(glue, engine, blob.bytes);
      engine.addBlob(blob.key, blob.bytes.byteLength, 0, blob.bytes.byteLength);
    }
    project.accept(task.blueprint, cooked.measure);
  }
}

async function run(
  glue: Glue,
  engine: EngineBinding,
  length: number,
  blockFrames: number,
  tapCount: number,
  options: RenderOptions,
): Promise<void> {
  const pair = (): [Float32Array, Float32Array] => [
    new Float32Array(blockFrames),
    new Float32Array(blockFrames),
  ];
  const channels = pair();
  const taps = Array.from({ length: tapCount }, pair);
  const copy = (to: Float32Array, address: number, frames: number): void => {
    to.set(glue.HEAPF32.subarray(address >> 2, (address >> 2) + frames));
  };
  let sliceBegan = Date.now();
  for (let frame = 0; frame < length; frame += blockFrames) {
    options.signal?.throwIfAborted();
    const frames = Math.min(blockFrames, length - frame);
    for (let c = 0; c < 2; ++c) {
      const at = engine.in(c) >> 2;
      const from = options.inputs?.[Math.min(c, options.inputs.length - 1)];
      glue.HEAPF32.fill(0, at, at + frames);
      if (from) glue.HEAPF32.set(from.subarray(frame, frame + frames), at);
    }
    engine.process(frames, false);
    copy(channels[0], engine.wet(0), frames);
    copy(channels[1], engine.wet(1), frames);
    taps.forEach(([left, right], t) => {
      copy(left, engine.tap(t, 0), frames);
      copy(right, engine.tap(t, 1), frames);
    });
    const cut = (array: Float32Array): Float32Array => array.subarray(0, frames);
    options.onBlock({
      frame,
      frames,
      channels: [cut(channels[0]), cut(channels[1])],
      taps: taps.map(([left, right]) => [cut(left), cut(right)] as const),
    });
    if (Date.now() - sliceBegan >= kSliceMs) {
      await new Promise((resolve) => setTimeout(resolve));
      sliceBegan = Date.now();
    }
  }
}
