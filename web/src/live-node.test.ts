// SPDX-License-Identifier: MIT
// The page's side of the port, with a worklet that does what the real one does with the buffers of a take.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveNode } from './live-node.ts';
import type { TakeChunk } from './types.ts';
import { type FromWorklet, kTakeChunkFrames, type ToWorklet } from './wire/messages.ts';

let buffers: ArrayBuffer[];
let sent: ToWorklet['type'][];

class Port {
  onmessage: ((event: { data: FromWorklet }) => void) | undefined;
  postMessage(message: ToWorklet): void {
    sent.push(message.type);
    if (message.type === 'record' || message.type === 'record-buffers')
      buffers.push(...message.buffers);
  }
  tell(data: FromWorklet): void {
    this.onmessage?.({ data });
  }
}
class Node {
  readonly port = new Port();
  constructor(readonly context: { readonly sampleRate: number }) {
    queueMicrotask(() => this.port.tell({ type: 'ready' }));
  }
  addEventListener(): void {}
}

beforeEach(() => {
  buffers = [];
  sent = [];
  vi.stubGlobal('AudioWorkletNode', Node);
});
afterEach(() => void vi.unstubAllGlobals());

const open = () =>
  LiveNode.create(
    { sampleRate: 48_000 } as BaseAudioContext,
    {} as WebAssembly.Module,
    async () => new ArrayBuffer(0),
    { volumeDb: 0, muted: false, monitor: false },
    { report: () => undefined, load: () => undefined, error: () => undefined },
  );

/** One chunk more; false where there is nothing to write it into. */
function fill(port: Port, index: number): boolean {
  const buffer = buffers.shift();
  if (!buffer) return false;
  new Float32Array(buffer).fill(index);
  const [frame, frames] = [index * kTakeChunkFrames, kTakeChunkFrames];
  port.tell({ type: 'take-chunk', buffer, frame, frames });
  return true;
}

it('sends the audio thread a message every 2.7 s of a recording, and never lets it run dry', async () => {
  const live = await open();
  const heard: number[] = [];
  live.startTake({ onChunk: ({ wet }: TakeChunk) => heard.push(wet[1][0] ?? -1) });
  const port = live.node.port as unknown as Port;
  const kChunks = 352; // a minute
  for (let i = 0; i < kChunks; i += 1) {
    expect(buffers.length, 'ahead of the page').toBeGreaterThanOrEqual(16);
    expect(fill(port, i)).toBe(true);
  }
  expect(heard).toEqual(Array.from({ length: kChunks }, (_, i) => i));
  expect(sent.filter((type) => type === 'record-buffers')).toHaveLength(kChunks / 16);
  expect(sent).toHaveLength(1 + kChunks / 16);
});

it('begins every take with buffers of its own', async () => {
  const live = await open();
  const port = live.node.port as unknown as Port;
  live.startTake({});
  for (let i = 0; i < 15; i += 1) fill(port, i);
  const first = live.stopTake();
  port.tell({ type: 'take-end', frames: 15 * kTakeChunkFrames, lostFrames: 0 });
  expect((await first).frames).toBe(15 * kTakeChunkFrames);
  buffers = [];
  live.startTake({});
  expect(buffers).toHaveLength(32);
  fill(port, 0);
  expect(sent).toEqual(['record', 'record-stop', 'record']);
});
