// SPDX-License-Identifier: MIT
// The page's side of the worker: requests with answers.
import { SonicError } from './errors.ts';
import type { CookResult, CookTask } from './wire/glue.ts';
import type { FromWorker, ToWorker } from './wire/messages.ts';

export interface AssetBytes {
  readonly sha256: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
type Answer = (message: FromWorker) => void;
/** A message that asks for an answer, without its number. */
type Request = ToWorker extends infer M
  ? M extends { id: number }
    ? Omit<M, 'id'>
    : never
  : never;

export class WorkerClient {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Answer>();
  private nextId = 1;

  constructor(module: WebAssembly.Module, port: MessagePort, url: string | URL | undefined) {
    this.worker = url
      ? new Worker(url, { type: 'module' })
      : new Worker(new URL('./sonic-worker.js', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      const answer = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      answer?.(data);
    };
    this.worker.onerror = (event) => {
      const error = { code: 'worker', place: '', sentence: event.message || kWorkerDied };
      for (const [id, answer] of this.waiting) answer({ type: 'error', id, error });
      this.waiting.clear();
    };
    this.post({ type: 'start', module, port }, [port]);
  }

  setPort(port: MessagePort): void {
    this.post({ type: 'port', port }, [port]);
  }

  addFile(sha256: string, bytes: Uint8Array): void {
    const copy = bytes.slice().buffer;
    this.post({ type: 'file', sha256, bytes: copy }, [copy]);
  }

  async cook(task: CookTask): Promise<CookResult | { missingFile: string }> {
    const answer = await this.ask({ type: 'cook', task });
    if (answer.type === 'cooked') return answer.result;
    throw new SonicError(answer.type === 'error' ? answer.error : kWrongAnswer);
  }

  /** Refuses what is no sound file; gives the bytes' hash. */
  async inspect(bytes: Uint8Array): Promise<AssetBytes> {
    const copy = bytes.slice().buffer;
    return this.bytesOf(await this.ask({ type: 'inspect', bytes: copy }, [copy]));
  }

  async riff(sampleRateHz: number): Promise<AssetBytes> {
    return this.bytesOf(await this.ask({ type: 'riff', sampleRateHz }));
  }

  async wav(
    channels: readonly Float32Array[],
    sampleRateHz: number,
    format: string,
  ): Promise<AssetBytes> {
    return this.bytesOf(
      await this.ask({ type: 'wav', channels: [...channels], sampleRateHz, format }),
    );
  }

  terminate(): void {
    this.worker.terminate();
  }

  private bytesOf(answer: FromWorker): AssetBytes {
    if (answer.type === 'bytes')
      return { sha256: answer.sha256, bytes: new Uint8Array(answer.bytes) };
    throw new SonicError(answer.type === 'error' ? answer.error : kWrongAnswer);
  }

  private ask(request: Request, transfer: Transferable[] = []): Promise<FromWorker> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.post({ ...request, id } as ToWorker, transfer);
    });
  }

  private post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}

const kWorkerDied = 'The background worker stopped. The sound goes on; reload to load files again.';
const kWrongAnswer = {
  code: 'worker',
  place: '',
  sentence: 'The background worker gave an unexpected answer.',
};
