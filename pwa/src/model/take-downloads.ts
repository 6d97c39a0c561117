// SPDX-License-Identifier: MIT
// Takes on their way into files. A long one takes a while: how far it is, and the way to give it up.
import { downloadBlob, fileName } from '../media/download.ts';
import type { TakePart } from '../storage/take-segment.ts';
import type { TakeRecord, TakeStore } from '../storage/take-store.ts';
import { fromDb, toDb } from '../ui/level.ts';
import { Emitter } from './emitter.ts';
import type { EnginePort, WavFormat } from './engine-port.ts';

export const kWavFormats: readonly { readonly value: WavFormat; readonly label: string }[] = [
  { value: '16', label: '16 bit' },
  { value: '24', label: '24 bit' },
  { value: 'f32', label: '32 bit float' },
];

/** By how many dB a file of whole numbers has to be lower than the take, so that nothing is cut off: up to a tenth. */
export function loweredDb(peak: number, format: WavFormat): number {
  return format === 'f32' || peak <= 1 ? 0 : Math.ceil(10 * toDb(peak)) / 10;
}

export interface Download {
  readonly share: number;
  readonly cancel: () => void;
}

export class TakeDownloads extends Emitter<{ change: undefined }> {
  private readonly running = new Map<string, Download>();

  constructor(private readonly store: TakeStore) {
    super();
  }
  of(take: TakeRecord): Download | undefined {
    return this.running.get(take.id);
  }

  /** One of a take at a time. */
  async start(
    engine: EnginePort,
    take: TakeRecord,
    part: TakePart,
    format: WavFormat,
    projectName: string,
  ): Promise<void> {
    if (this.running.has(take.id)) return;
    const abort = new AbortController();
    const note = (share: number): void => {
      this.running.set(take.id, { share, cancel: () => abort.abort() });
      this.emit('change', undefined);
    };
    note(0);
    try {
      const { wavOf } = await import('./take-wav.ts');
      const gain = fromDb(-loweredDb(part === 'wet' ? take.wetPeak : take.dryPeak, format));
      const job = { part, format, gain, onProgress: note, signal: abort.signal };
      const file = await wavOf(engine, this.store, take, job);
      const title = `${projectName} ${take.name}${part === 'dry' ? ' dry' : ''}`;
      downloadBlob(file, fileName(title, 'wav'));
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    } finally {
      this.running.delete(take.id);
      this.emit('change', undefined);
    }
  }
}
