// SPDX-License-Identifier: MIT
// The files that a project names by their SHA-256, and project files that carry them.
import { check } from './errors.ts';
import type { Glue } from './wire/glue.ts';
import type { WorkerClient } from './worker-client.ts';

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

export class AssetStore {
  private readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  private readonly glue: Glue;
  private readonly worker: WorkerClient;

  constructor(glue: Glue, worker: WorkerClient) {
    this.glue = glue;
    this.worker = worker;
  }

  /** Rejects with a sentence if the bytes are no sound file. */
  async add(bytes: Uint8Array): Promise<string> {
    const asset = await this.worker.inspect(bytes);
    this.keep(asset.sha256, asset.bytes);
    return asset.sha256;
  }

  keep(sha256: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.files.set(sha256, bytes);
    this.worker.addFile(sha256, bytes);
  }

  get(sha256: string): Uint8Array<ArrayBuffer> | undefined {
    return this.files.get(sha256);
  }

  /** One `.sonic` file of a project and those of the named files that are here. */
  pack(project: string, names: readonly string[]): Uint8Array<ArrayBuffer> {
    const assets = names.flatMap((sha256) => {
      const bytes = this.files.get(sha256);
      return bytes ? [{ sha256, bytes }] : [];
    });
    const { error, file } = this.glue.packSonic(project, assets);
    check(error);
    return file ?? new Uint8Array(0);
  }

  /** The project's JSON in a `.sonic` file or plain text; its assets are kept. */
  unpack(bytes: Uint8Array): { project: string; kept: string[] } {
    if (!isZip(bytes)) return { project: new TextDecoder().decode(bytes), kept: [] };
    const { error, project, assets } = this.glue.unpackSonic(bytes);
    check(error);
    for (const asset of assets ?? []) this.keep(asset.sha256, asset.bytes);
    return { project: project ?? '', kept: (assets ?? []).map((asset) => asset.sha256) };
  }
}
