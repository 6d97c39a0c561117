// SPDX-License-Identifier: MIT
// The page's side of the worker: requests with answers. A worker that dies is replaced, and asked again.
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

export interface WorkerHost {
  readonly module: WebAssembly.Module;
  readonly url: string | URL | undefined;
  /** A new way from the worker to the worklet. */
  openPort(): MessagePort;
  /** The worker died and another one took its place, with all files and what was asked for. */
  restarted(): void;
  /** It died again and again, and stays dead. */
  gaveUp(): void;
}
interface Waiting {
  /** Made anew for each worker, since a message may give its buffers away. */
  readonly request: () => readonly [Request, Transferable[]];
  readonly answer: Answer;
}
/** Deaths close together that are no accident. */
const kMaxDeaths = 3;
const kForgetDeathsMs = 60_000;

export class WorkerClient {
  private worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly files = new Map<string, Uint8Array>();
  private readonly host: WorkerHost;
  private deaths: number[] = [];
  private nextId = 1;

  constructor(host: WorkerHost, port: MessagePort) {
    this.host = host;
    this.worker = this.start(port);
  }

  private start(port: MessagePort): Worker {
    const { url, module } = this.host;
    const worker = url
      ? new Worker(url, { type: 'module' })
      : new Worker(new URL('./sonic-worker.js', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      waiting?.answer(data);
    };
    worker.onerror = (event) => this.replace(event.message);
    worker.onmessageerror = () => this.replace('');
    worker.postMessage({ type: 'start', module, port } satisfies ToWorker, [port]);
    return worker;
  }

  private replace(reason: string): void {
    this.worker.onerror = null;
    this.worker.terminate();
    const now = Date.now();
    this.deaths = [...this.deaths.filter((at) => now - at < kForgetDeathsMs), now];
    if (this.deaths.length > kMaxDeaths) {
      const error = { code: 'worker', place: '', sentence: reason || kWorkerDied };
      for (const [id, { answer }] of this.waiting) answer({ type: 'error', id, error });
      this.waiting.clear();
      this.host.gaveUp();
      return;
    }
    this.worker = this.start(this.host.openPort());
    for (const [sha256, bytes] of this.files) this.sendFile(sha256, bytes);
    for (const [id, { request }] of this.waiting) {
      const [message, transfer] = request();
      this.post({ ...message, id } as ToWorker, transfer);
    }
    this.host.restarted();
  }

  setPort(port: MessagePort): void {
    this.post({ type: 'port', port }, [port]);
  }

  addFile(sha256: string, bytes: Uint8Array): void {
    this.files.set(sha256, bytes);
    this.sendFile(sha256, bytes);
  }
  private sendFile(sha256: string, bytes: Uint8Array): void {
    const copy = bytes.slice().buffer;
    this.post({ type: 'file', sha256, bytes: copy }, [copy]);
  }

  async cook(task: CookTask): Promise<CookResult | { missingFile: string }> {
    const answer = await this.ask(() => [{ type: 'cook', task }, []]);
    if (answer.type === 'cooked') return answer.result;
    throw new SonicError(answer.type === 'error' ? answer.error : kWrongAnswer);
  }

  /** Refuses what is no sound file; gives the bytes' hash. */
  async inspect(bytes: Uint8Array): Promise<AssetBytes> {
    return this.bytesOf(
      await this.ask(() => {
        const copy = bytes.slice().buffer;
        return [{ type: 'inspect', bytes: copy }, [copy]];
      }),
    );
  }

  async riff(sampleRateHz: number): Promise<AssetBytes> {
    return this.bytesOf(await this.ask(() => [{ type: 'riff', sampleRateHz }, []]));
  }

  async wav(
    channels: readonly Float32Array[],
    sampleRateHz: number,
    format: string,
  ): Promise<AssetBytes> {
    return this.bytesOf(
      await this.ask(() => [{ type: 'wav', channels: [...channels], sampleRateHz, format }, []]),
    );
  }

  /** Seconds that each project needs for a second of sound. */
  async weigh(projects: readonly string[], sampleRateHz: number): Promise<readonly number[]> {
    const answer = await this.ask(() => [
      { type: 'weigh', projects: [...projects], sampleRateHz },
      [],
    ]);
    if (answer.type === 'weights') return answer.shares;
    throw new SonicError(answer.type === 'error' ? answer.error : kWrongAnswer);
  }

  terminate(): void {
    this.worker.terminate();
  }

  private bytesOf(answer: FromWorker): AssetBytes {
    if (answer.type === 'bytes')
      return { sha256: answer.sha256, bytes: new Uint8Array(answer.bytes) };
    throw new SonicError(answer.type === 'error' ? answer.error : kWrongAnswer);
  }

  private ask(request: Waiting['request']): Promise<FromWorker> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.waiting.set(id, { request, answer: resolve });
      const [message, transfer] = request();
      this.post({ ...message, id } as ToWorker, transfer);
    });
  }

  private post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}

const kWorkerDied =
  'The background worker stops again and again. The sound goes on; reload to load files again.';
const kWrongAnswer = {
  code: 'worker',
  place: '',
  sentence: 'The background worker gave an unexpected answer.',
};
