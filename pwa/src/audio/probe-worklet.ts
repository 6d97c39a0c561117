// SPDX-License-Identifier: MIT
// Plays a signal and records the input of the same frames: what lies between the two is the way through the device.

declare function registerProcessor(name: string, processor: unknown): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
interface Options {
  readonly processorOptions: { readonly signal: Float32Array; readonly frames: number };
}

class ProbeProcessor extends AudioWorkletProcessor {
  private readonly signal: Float32Array;
  private readonly heard: Float32Array<ArrayBuffer>;
  private at = 0;

  constructor({ processorOptions: { signal, frames } }: Options) {
    super();
    this.signal = signal;
    this.heard = new Float32Array(frames);
  }

  process([input]: Float32Array[][], [output]: Float32Array[][]): boolean {
    const count = output?.[0]?.length ?? 0;
    const { heard, signal, at } = this;
    for (let i = 0; i < count && at + i < heard.length; ++i) {
      let sum = 0;
      for (const channel of input ?? []) sum += channel[i] ?? 0;
      heard[at + i] = sum;
      for (const channel of output ?? []) channel[i] = signal[at + i] ?? 0;
    }
    this.at += count;
    if (this.at < heard.length) return true;
    this.port.postMessage(heard, [heard.buffer]);
    return false;
  }
}
registerProcessor('sonic-probe', ProbeProcessor);
