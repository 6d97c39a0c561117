// SPDX-License-Identifier: MIT
// The AudioWorkletProcessor: moves blocks and messages, no logic. This file and the glue become one self-contained
// script, since a worklet that imports its glue breaks under bundlers.
import {
  instantiate,
  kAbi,
  kOtherBuild,
  type EngineBinding,
  type Glue,
} from '../web/src/wire/glue.ts';
import {
  kTakeChannels,
  kTakeChunkFrames,
  type BlobPiece,
  type FromWorklet,
  type ToWorklet,
  type WorkletOptions,
} from '../web/src/wire/messages.ts';

declare const sampleRate: number;
declare function registerProcessor(name: string, processor: unknown): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** More than any device asks for: a browser may make its block as long as the device's. */
const kMaxFrames = 16_384;
const kReportsPerSecond = 30;
const kLoadSeconds = 1;
const kChannels = 2;

class SonicProcessor extends AudioWorkletProcessor {
  private glue: Glue | undefined;
  private engine: EngineBinding | undefined;
  private heap: Float32Array<ArrayBuffer> | undefined;
  private frames = 0;
  private readonly inAt: number[] = [];
  private readonly outAt: number[] = [];
  /** Where a block goes in and comes out, of the heap and the length that they were made for. */
  private ins: Float32Array<ArrayBuffer>[] = [];
  private outs: Float32Array<ArrayBuffer>[] = [];
  private readonly wetAt: number[] = [];
  private readonly playbackAt: number[] = [];
  private framesToReport = 0;
  private reportFloats = new Float32Array(0);
  private busyMs = 0;
  private loadFrames = 0;
  private readonly takeBuffers: Float32Array<ArrayBuffer>[] = [];
  private takeFill = 0;
  private takeFrames = 0;
  private takeLost = 0;
  private recording = false;
  /** Plans whose blobs are still on their way: they come by another port. */
  private readonly heldPlans: ArrayBuffer[] = [];
  private alive = true;

  constructor(options: { processorOptions: WorkletOptions }) {
    super();
    const given = options.processorOptions;
    try {
      if (given.abi !== kAbi) throw new Error(kOtherBuild);
      this.glue = instantiate(
        given.module ?? new WebAssembly.Module(given.bytes ?? new ArrayBuffer(0)),
      );
      this.engine = new this.glue.Engine(sampleRate, kMaxFrames, 0, true);
      this.engine.setVolumeDb(given.volumeDb);
      this.engine.setMuted(given.muted);
      this.engine.setMonitor(given.monitor);
      for (let c = 0; c < kChannels; ++c) {
        this.inAt.push(this.engine.in(c) >> 2);
        this.outAt.push(this.engine.out(c) >> 2);
        this.wetAt.push(this.engine.wet(c) >> 2);
        this.playbackAt.push(this.engine.playback(c) >> 2);
      }
      this.port.onmessage = (event: MessageEvent<ToWorklet>) => this.receive(event.data);
      this.send({ type: 'ready' });
    } catch (error) {
      this.send({
        type: 'failed',
        sentence: error instanceof Error ? error.message : String(error),
      });
    }
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const { glue, engine } = this;
    const output = outputs[0];
    const first = output?.[0];
    if (!glue || !engine || !output || !first) return this.alive;
    const begin = Date.now();
    const frames = first.length;
    if (this.heap !== glue.HEAPF32 || this.frames !== frames) this.lookAt(glue.HEAPF32, frames);
    const input = inputs[0];
    const channels = input?.length ?? 0;
    for (let c = 0; c < kChannels; ++c) {
      const from = channels > 0 ? input?.[Math.min(c, channels - 1)] : undefined;
      if (from) this.ins[c]?.set(from);
      else this.ins[c]?.fill(0);
    }
    engine.process(frames, this.takePlayback(inputs[1]));
    for (let c = 0; c < output.length; ++c) {
      const from = this.outs[Math.min(c, kChannels - 1)];
      if (from) output[c]?.set(from);
    }
    if (this.recording) this.record(glue.HEAPF32, frames);
    this.measure(frames, Date.now() - begin);
    return this.alive;
  }

  /** What is heard beside the modules; false while nothing is connected. */
  private takePlayback(input: Float32Array[] | undefined): boolean {
    if (!input?.length) return false;
    for (let c = 0; c < kChannels; ++c) {
      const from = input[Math.min(c, input.length - 1)];
      if (from) this.heap?.set(from, this.playbackAt[c] ?? 0);
    }
    return true;
  }

  /** Views are made once, not per block: garbage on this thread is collected on this thread. */
  private lookAt(heap: Float32Array<ArrayBuffer>, frames: number): void {
    this.heap = heap; // it moves when memory grows
    this.frames = frames;
    this.ins = this.inAt.map((at) => heap.subarray(at, at + frames));
    this.outs = this.outAt.map((at) => heap.subarray(at, at + frames));
  }

  private send(message: FromWorklet, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }

  /** A worklet has no fine clock: whole milliseconds, summed over a second, are right on average. */
  private measure(frames: number, milliseconds: number): void {
    this.busyMs += milliseconds;
    this.loadFrames += frames;
    if (this.loadFrames >= kLoadSeconds * sampleRate) {
      this.send({ type: 'load', share: this.busyMs / ((1000 * this.loadFrames) / sampleRate) });
      this.busyMs = 0;
      this.loadFrames = 0;
    }
    this.framesToReport -= frames;
    if (this.framesToReport > 0) return;
    this.framesToReport = sampleRate / kReportsPerSecond;
    this.report();
  }

  /** Copied by the message, not lent: a buffer that comes back is a message to this thread, and those cost dropouts. */
  private report(): void {
    const { glue, engine } = this;
    if (!glue || !engine) return;
    const floats = engine.report();
    const at = engine.reportData() >> 2;
    if (this.reportFloats.length !== floats) this.reportFloats = new Float32Array(floats);
    this.reportFloats.set(glue.HEAPF32.subarray(at, at + floats));
    this.send({ type: 'report', data: this.reportFloats });
  }

  private record(heap: Float32Array, frames: number): void {
    for (let done = 0; done < frames;) {
      const buffer = this.takeBuffers[0];
      if (!buffer) {
        this.takeLost += frames - done;
        this.takeFrames += frames - done;
        return;
      }
      const count = Math.min(frames - done, kTakeChunkFrames - this.takeFill);
      for (let c = 0; c < kTakeChannels; ++c) {
        const from = ((c < 2 ? this.inAt[c] : this.wetAt[c - 2]) ?? 0) + done;
        const to = c * kTakeChunkFrames + this.takeFill;
        // By hand: a view each time would be garbage on the audio thread.
        for (let i = 0; i < count; ++i) buffer[to + i] = heap[from + i] ?? 0;
      }
      this.takeFill += count;
      this.takeFrames += count;
      done += count;
      if (this.takeFill === kTakeChunkFrames) this.sendChunk();
    }
  }

  private sendChunk(): void {
    const chunk = this.takeBuffers.shift();
    if (!chunk) return;
    const { buffer } = chunk;
    const frames = this.takeFill;
    const frame = this.takeFrames - frames;
    this.send({ type: 'take-chunk', buffer, frame, frames }, [buffer]);
    this.takeFill = 0;
  }

  private receive(message: ToWorklet | BlobPiece): void {
    const { engine } = this;
    if (!engine) return;
    switch (message.type) {
      case 'worker-port':
        message.port.onmessage = (event: MessageEvent<BlobPiece>) => this.receive(event.data);
        break;
      case 'blob': {
        this.write(message.bytes);
        engine.addBlob(message.key, message.totalBytes, message.at, message.bytes.byteLength);
        this.install();
        break;
      }
      case 'plan':
        this.heldPlans.push(message.bytes);
        this.install();
        break;
      case 'params':
        for (let i = 0; i + 3 < message.values.length; i += 4) {
          const [handle = 0, row = 0, value = 0, frame = 0] = message.values.subarray(i, i + 4);
          engine.setParam(handle, row, value, frame);
        }
        break;
      case 'anchor':
        engine.setBeatsPerBar(message.beatsPerBar);
        engine.setAnchor(
          engine.frame(),
          message.beat ?? engine.beat(),
          message.tempoBpm,
          message.playing,
        );
        break;
      case 'note':
        engine.sendNote(message.handle, message.on, message.key, message.velocity, 0);
        break;
      case 'live':
        engine.setVolumeDb(message.volumeDb);
        engine.setMuted(message.muted);
        engine.setMonitor(message.monitor);
        break;
      default:
        this.receiveRest(message);
    }
  }

  private receiveRest(message: ToWorklet): void {
    switch (message.type) {
      case 'record':
        // A take begins with everything as new, so that a render of its dry part gives it again.
        this.engine?.reset();
        this.takeBuffers.length = 0;
        for (const buffer of message.buffers) this.takeBuffers.push(new Float32Array(buffer));
        this.takeFill = 0;
        this.takeFrames = 0;
        this.takeLost = 0;
        this.recording = true;
        break;
      case 'record-buffers':
        for (const buffer of message.buffers) this.takeBuffers.push(new Float32Array(buffer));
        break;
      case 'record-stop':
        this.recording = false;
        if (this.takeFill > 0) this.sendChunk();
        this.send({ type: 'take-end', frames: this.takeFrames, lostFrames: this.takeLost });
        break;
      case 'dispose':
        this.alive = false;
        break;
      default:
        break;
    }
  }

  private install(): void {
    for (let plan = this.heldPlans[0]; plan; plan = this.heldPlans[0]) {
      this.write(plan);
      const error = this.engine?.install(plan.byteLength);
      if (error?.code === 'missing' && this.heldPlans.length < 64) return;
      this.heldPlans.shift();
      if (error) this.send({ type: 'error', error });
    }
  }

  private write(bytes: ArrayBuffer): void {
    if (!this.engine || !this.glue) return;
    const at = this.engine.message(bytes.byteLength);
    this.glue.HEAPU8.set(new Uint8Array(bytes), at);
  }
}

registerProcessor('sonic-core', SonicProcessor);
