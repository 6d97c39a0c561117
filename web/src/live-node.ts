// SPDX-License-Identifier: MIT
// One AudioWorkletNode in one context, and the ways to talk to it.
import { SonicError } from './errors.ts';
import { TakeAssembly } from './take-assembly.ts';
import type { EngineErrorInfo, Take, TakeOptions } from './types.ts';
import { kAbi } from './wire/glue.ts';
import {
  kTakeChannels,
  kTakeChunkFrames,
  type FromWorklet,
  type ToWorklet,
  type WorkletOptions,
} from './wire/messages.ts';

/** What passes only in the live output: never in takes and renders. */
export interface LiveSettings {
  readonly volumeDb: number;
  readonly muted: boolean;
  readonly monitor: boolean;
}
export interface LiveNodeEvents {
  report(data: Float32Array): void;
  load(share: number): void;
  error(error: EngineErrorInfo): void;
}

/** The node's second input: heard, but neither processed nor recorded. */
export const kPlaybackInput = 1;

/** A context that is closed or stuck answers nothing; what came until then is the take. */
const kStopAnswerMs = 2000;

/** Chunks on their way to the page: 16 of 8192 frames are more than it stalls for. */
const kChunksAhead = 16;
/** As many go back at once: one message to the audio thread in 2.7 s, not one for each chunk. */
const kReturnedAtOnce = 16;

export class LiveNode {
  readonly node: AudioWorkletNode;
  private readonly events: LiveNodeEvents;
  private take: { assembly: TakeAssembly; done: (take: Take) => void } | undefined;
  /** Chunks that were read, on this side. */
  private spent: ArrayBuffer[] = [];
  /** The processor threw: nothing comes from it any more. */
  private isDead = false;
  private isRetired = false;

  private constructor(node: AudioWorkletNode, events: LiveNodeEvents) {
    this.node = node;
    this.events = events;
  }

  static async create(
    context: BaseAudioContext,
    module: WebAssembly.Module,
    moduleBytes: () => Promise<ArrayBuffer>,
    live: LiveSettings,
    events: LiveNodeEvents,
  ): Promise<LiveNode> {
    const options: WorkletOptions = { abi: kAbi, module, ...live };
    let node: AudioWorkletNode;
    try {
      node = makeNode(context, options);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'DataCloneError') throw error;
      // A page whose worklet lives in another agent cluster cannot share modules: bytes always work.
      const { module: _, ...rest } = options;
      node = makeNode(context, { ...rest, bytes: await moduleBytes() });
    }
    const live_ = new LiveNode(node, events);
    await live_.ready();
    return live_;
  }

  send(message: ToWorklet, transfer: Transferable[] = []): void {
    this.node.port.postMessage(message, transfer);
  }

  get isRecording(): boolean {
    return this.take !== undefined && !this.isDead;
  }

  startTake(options: TakeOptions): void {
    if (this.take) return;
    const buffers = Array.from(
      { length: kChunksAhead + kReturnedAtOnce },
      () => new ArrayBuffer(kTakeChannels * kTakeChunkFrames * 4),
    );
    const assembly = new TakeAssembly(this.node.context.sampleRate, options.onChunk);
    this.take = { assembly, done: () => undefined };
    this.spent = [];
    this.send({ type: 'record', buffers }, buffers);
  }

  stopTake(): Promise<Take> {
    const { take } = this;
    if (!take) {
      const sentence = 'No take is being recorded.';
      return Promise.reject(new SonicError({ code: 'state', place: '', sentence }));
    }
    return new Promise((resolve) => {
      take.done = resolve;
      // What a processor recorded before it stopped is a take too.
      if (this.isDead) this.endTake(take.assembly.end, 0);
      else this.send({ type: 'record-stop' });
      const giveUp = (): void => {
        if (this.take === take) this.endTake(take.assembly.end, 0);
      };
      // Twice, so that a page that was busy itself first reads what has come.
      setTimeout(() => setTimeout(giveUp, kStopAnswerMs / 2), kStopAnswerMs / 2);
    });
  }

  /** Sounds on, but tells nothing more: another node takes its place. */
  retire(): void {
    this.isRetired = true;
  }

  dispose(): void {
    this.send({ type: 'dispose' });
    this.node.disconnect();
    this.node.port.close();
  }

  private ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.node.addEventListener('processorerror', () => {
        this.isDead = true;
        const sentence = 'The audio processor stopped with an error.';
        this.events.error({ code: 'processor', place: '', sentence });
        reject(new Error(sentence));
      });
      this.node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
        if (data.type === 'ready') resolve();
        else if (data.type === 'failed') reject(new Error(data.sentence));
        else this.receive(data);
      };
    });
  }

  private receive(message: FromWorklet): void {
    if (this.isRetired) return;
    switch (message.type) {
      case 'report':
        this.events.report(message.data);
        break;
      case 'load':
        this.events.load(message.share);
        break;
      case 'error':
        this.events.error(message.error);
        break;
      case 'take-chunk':
        this.passChunk(message.buffer, message.frame, message.frames);
        break;
      case 'take-end':
        this.endTake(message.frames, message.lostFrames);
        break;
      default:
        break;
    }
  }

  private passChunk(buffer: ArrayBuffer, frame: number, frames: number): void {
    try {
      this.take?.assembly.add(new Float32Array(buffer), frame, frames);
    } finally {
      this.giveBack(buffer);
    }
  }

  private giveBack(buffer: ArrayBuffer): void {
    const { spent } = this;
    spent.push(buffer);
    if (spent.length < kReturnedAtOnce) return;
    this.spent = [];
    this.send({ type: 'record-buffers', buffers: spent }, spent);
  }

  private endTake(frames: number, lostFrames: number): void {
    const { take } = this;
    this.take = undefined;
    if (!take) return;
    if (lostFrames > 0) {
      const sentence = `${lostFrames} frames of the take were lost because the page was too busy.`;
      this.events.error({ code: 'take', place: '', sentence });
    }
    take.done(take.assembly.finish(frames, lostFrames));
  }
}

function makeNode(context: BaseAudioContext, options: WorkletOptions): AudioWorkletNode {
  return new AudioWorkletNode(context, 'sonic-core', {
    numberOfInputs: 2,
    numberOfOutputs: 1,
    outputChannelCount: [2],
    processorOptions: options,
  });
}
