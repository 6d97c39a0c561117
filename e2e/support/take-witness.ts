// SPDX-License-Identifier: MIT
// What the worklet records, as it comes: taken beside the app, so that a take can be compared with what it should be.
import type { Page } from '@playwright/test';
import type { Wav } from './wav.ts';

/** Of web/src/wire/messages.ts: channels one behind the other, each with room for so many frames. */
const kChunkFrames = 8192;
type Witnessed = [frame: number, frames: number, wetLeft: string];

/** Runs in the page before its own scripts. */
function install(chunkFrames: number): void {
  const scope = globalThis as unknown as { noteTakeChunk(...chunk: Witnessed): void };
  const Native = AudioWorkletNode;
  globalThis.AudioWorkletNode = class extends Native {
    constructor(...given: ConstructorParameters<typeof AudioWorkletNode>) {
      super(...given);
      // Before the package listens: it sends the buffer back.
      this.port.addEventListener('message', ({ data }) => {
        if (data.type !== 'take-chunk') return;
        const at = 2 * chunkFrames * 4;
        const bytes = new Uint8Array(data.buffer.slice(at, at + 4 * data.frames));
        let text = '';
        for (const byte of bytes) text += String.fromCharCode(byte);
        scope.noteTakeChunk(data.frame, data.frames, btoa(text));
      });
    }
  };
}

export class TakeWitness {
  private readonly chunks: { frame: number; samples: Float32Array }[] = [];

  /** To be called before the page is opened. */
  static async install(page: Page): Promise<TakeWitness> {
    const witness = new TakeWitness();
    await page.exposeFunction('noteTakeChunk', (...[frame, frames, base64]: Witnessed) => {
      const bytes = Buffer.from(base64, 'base64');
      const samples = Float32Array.from({ length: frames }, (_, i) => bytes.readFloatLE(4 * i));
      witness.chunks.push({ frame, samples });
    });
    await page.addInitScript(install, kChunkFrames);
    return witness;
  }

  get frames(): number {
    const last = this.chunks.at(-1);
    return last ? last.frame + last.samples.length : 0;
  }
  forget(): void {
    this.chunks.length = 0;
  }

  /** Samples of the take's left channel that are not bit for bit what was recorded; missing ones are not counted. */
  differences({ channels }: Wav): number {
    const [left] = channels;
    if (!left) throw new Error('the file has no channel');
    let count = 0;
    for (const { frame, samples } of this.chunks) {
      samples.forEach((value, i) => {
        const at = frame + i;
        if (at < left.length && left[at] !== value) count += 1;
      });
    }
    return count;
  }
}
