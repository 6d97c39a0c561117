// SPDX-License-Identifier: MIT
// The processor itself, driven as a browser drives it: what it records, and what is only heard.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { kAbi } from '../web/src/wire/glue.ts';
import {
  kTakeChannels,
  kTakeChunkFrames,
  type FromWorklet,
  type ToWorklet,
} from '../web/src/wire/messages.ts';

interface Processor {
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}
const kQuantum = 128;
/** Monitoring and volume come in within 10 ms. */
const kFadeInQuanta = 10;

class FakePort {
  onmessage: ((event: { data: ToWorklet }) => void) | undefined;
  readonly sent: FromWorklet[] = [];
  postMessage(message: FromWorklet): void {
    this.sent.push(message);
  }
}

let make: (options: object) => Processor & { port: FakePort };

beforeAll(async () => {
  Object.assign(globalThis, {
    sampleRate: 48_000,
    AudioWorkletProcessor: class {
      readonly port = new FakePort();
    },
    registerProcessor: (_: string, type: new (options: object) => never) => {
      make = (options) => new type(options);
    },
  });
  await import('./processor.ts');
});

function start(quantum = kQuantum) {
  const module = new WebAssembly.Module(
    readFileSync(new URL('../build/wasm/engine.wasm', import.meta.url)),
  );
  const processorOptions = { abi: kAbi, module, volumeDb: 0, muted: false, monitor: true };
  const processor = make({ processorOptions });
  const { port } = processor;
  expect(port.sent).toEqual([{ type: 'ready' }]);
  const send = (data: ToWorklet): void => port.onmessage?.({ data });
  let frame = 0;
  /** The input counts frames; gives what the device gets. */
  const run = (quanta: number, playback = 0): Float32Array => {
    const out = [new Float32Array(quantum), new Float32Array(quantum)];
    for (let q = 0; q < quanta; ++q) {
      const input = Float32Array.from({ length: quantum }, () => ++frame / 2 ** 20);
      const beside = playback ? [new Float32Array(quantum).fill(playback)] : [];
      processor.process([[input], beside], [out]);
    }
    return out[0] ?? new Float32Array(0);
  };
  const chunks = () => port.sent.filter((message) => message.type === 'take-chunk');
  return { port, send, run, chunks };
}
const buffers = (count: number): ArrayBuffer[] =>
  Array.from({ length: count }, () => new ArrayBuffer(kTakeChannels * kTakeChunkFrames * 4));
const kQuantaPerChunk = kTakeChunkFrames / kQuantum;

describe('a recording', () => {
  it('comes in chunks that follow each other, with the input as it was', () => {
    const { send, run, chunks, port } = start();
    run(kFadeInQuanta);
    send({ type: 'record', buffers: buffers(4) });
    run(2 * kQuantaPerChunk + 1);
    send({ type: 'record-stop' });
    expect(chunks().map(({ frame, frames }) => [frame, frames])).toEqual([
      [0, kTakeChunkFrames],
      [kTakeChunkFrames, kTakeChunkFrames],
      [2 * kTakeChunkFrames, kQuantum],
    ]);
    const dry = chunks().flatMap(({ buffer, frames }) => [...new Float32Array(buffer, 0, frames)]);
    expect(dry).toEqual(dry.map((_, i) => (kFadeInQuanta * kQuantum + i + 1) / 2 ** 20));
    expect(port.sent.at(-1)).toEqual({ type: 'take-end', frames: dry.length, lostFrames: 0 });
  });

  it('counts the frames for which no buffer was there, and goes on at the right place', () => {
    const { send, run, chunks, port } = start();
    send({ type: 'record', buffers: buffers(1) });
    run(kQuantaPerChunk + 5);
    const [first] = chunks();
    expect(first).toBeDefined();
    if (first) send({ type: 'record-buffers', buffers: [first.buffer] });
    run(2);
    send({ type: 'record-stop' });
    const kLost = 5 * kQuantum;
    expect(chunks()[1]).toMatchObject({ frame: kTakeChunkFrames + kLost, frames: 2 * kQuantum });
    expect(port.sent.at(-1)).toEqual({
      type: 'take-end',
      frames: kTakeChunkFrames + 7 * kQuantum,
      lostFrames: kLost,
    });
  });
});

describe('what is played beside the modules', () => {
  it('is heard, and is in no take', () => {
    const { send, run, chunks } = start();
    run(kFadeInQuanta);
    send({ type: 'record', buffers: buffers(2) });
    expect(run(1, 0.25)[kQuantum - 1]).toBeCloseTo(0.25, 6);
    expect(run(1)[kQuantum - 1]).toBe(0);
    send({ type: 'record-stop' });
    const [chunk] = chunks();
    const wet = new Float32Array(
      chunk?.buffer ?? new ArrayBuffer(0),
      8 * kTakeChunkFrames,
      kQuantum,
    );
    expect(Math.max(...wet.map(Math.abs))).toBe(0);
  });
});

it('plays blocks as long as the device may ask for', () => {
  const { send, run, chunks } = start(8192);
  run(1);
  send({ type: 'record', buffers: buffers(2) });
  run(1, 0.25);
  run(1);
  const [first, second] = chunks();
  const dry = [first, second].flatMap((chunk) => [
    ...new Float32Array(chunk?.buffer ?? new ArrayBuffer(0), 0, kTakeChunkFrames),
  ]);
  expect(dry.findIndex((x, i) => Math.abs(x - (8192 + i + 1) / 2 ** 20) > 1e-9)).toBe(-1);
});
