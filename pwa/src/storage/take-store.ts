// SPDX-License-Identifier: MIT
// Takes on this device. A take is a folder of segments of half a second, each written whole, and a small record; what
// breaks off in the middle has all segments but the last one. Records lie in a database of their own.
import type { Bytes } from '../model/engine-port.ts';
import type { FileStore } from './file-store.ts';
import { Database, settled } from './idb.ts';

export interface TakeRecord {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly madeAtMs: number;
  readonly sampleRateHz: number;
  /** Frames of every segment but the last. */
  readonly segmentFrames: number;
  readonly frames: number;
  /** Largest magnitudes, linear. */
  readonly wetPeak: number;
  readonly dryPeak: number;
  /** 'removed' can still be taken back. */
  readonly state: 'recording' | 'done' | 'removed';
  readonly removedAtMs?: number;
  /** When the last segment was written: a recording of another tab goes on. */
  readonly aliveAtMs: number;
}

/** The part of a FileStore that takes need. */
export type TakeFiles = Pick<FileStore, 'read' | 'blobs' | 'write' | 'list' | 'removeFolder'>;

const kRecords = 'records';
const kStaleMs = 10_000;
/** Not in every browser, and on safe pages only. */
const kLocks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
const kSegment = /^(\d{6})\.f32$/;

const folderOf = (id: string) => `takes/${id}`;
const nameOf = (index: number) => `${String(index).padStart(6, '0')}.f32`;
const pathOf = (id: string, index: number) => `${folderOf(id)}/${nameOf(index)}`;
const peaksOf = (id: string) => `${folderOf(id)}/peaks`;
const lockOf = (id: string) => `sonic-core.take.${id}`;

function found<T>(piece: T | undefined): T {
  if (piece === undefined) throw new Error('A part of this take is missing on this device.');
  return piece;
}

export class TakeStore {
  private readonly db = new Database<typeof kRecords>('sonic-core-takes', 1, (db) =>
    db.createObjectStore(kRecords, { keyPath: 'id' }),
  );
  /** Records that the device did not take: they live as long as the page. */
  private readonly loose = new Map<string, TakeRecord>();

  constructor(private readonly files: TakeFiles) {}

  // Records

  /** All of a project, removed ones too, oldest first. */
  async records(projectId: string): Promise<TakeRecord[]> {
    let stored: TakeRecord[] = [];
    try {
      stored = await this.db.read(kRecords, (store) =>
        settled(store.getAll() as IDBRequest<TakeRecord[]>),
      );
    } catch {
      // No store on this device: there are the loose ones only.
    }
    const all = new Map(stored.map((record) => [record.id, record]));
    for (const [id, record] of this.loose) all.set(id, record);
    return [...all.values()]
      .filter((record) => record.projectId === projectId)
      .sort((a, b) => a.madeAtMs - b.madeAtMs);
  }

  /** Never fails: a device that takes nothing more must not cost a take that is there. */
  async put(record: TakeRecord): Promise<void> {
    try {
      await this.db.write([kRecords], (of) => of(kRecords).put(record));
      this.loose.delete(record.id);
    } catch {
      this.loose.set(record.id, record);
    }
  }

  // Sound

  writeSegment(id: string, index: number, bytes: Bytes): Promise<void> {
    return this.files.write(pathOf(id, index), bytes);
  }
  async segment(id: string, index: number): Promise<Bytes> {
    return found(await this.files.read(pathOf(id, index)));
  }
  /** So many in order, not read before they are used: an hour of them costs no memory. */
  async segmentBlobs(id: string, count: number): Promise<Blob[]> {
    const blobs = await this.files.blobs(folderOf(id));
    return Array.from({ length: count }, (_, index) => found(blobs.get(nameOf(index))));
  }
  /** How many segments follow each other from the first one on. */
  async segmentCount(id: string): Promise<number> {
    const there = new Set<number>();
    for (const { name } of await this.files.list(folderOf(id))) {
      const match = kSegment.exec(name);
      if (match) there.add(Number(match[1]));
    }
    let count = 0;
    while (there.has(count)) count += 1;
    return count;
  }

  writePeaks(id: string, peaks: Float32Array<ArrayBuffer>): Promise<void> {
    return this.files.write(peaksOf(id), new Uint8Array(peaks.buffer));
  }
  async peaks(id: string): Promise<Float32Array<ArrayBuffer> | undefined> {
    const bytes = await this.files.read(peaksOf(id));
    return bytes && new Float32Array(bytes.slice().buffer);
  }

  /** For good. */
  async erase(id: string): Promise<void> {
    const isLoose = this.loose.delete(id);
    await this.db
      .write([kRecords], (of) => of(kRecords).delete(id))
      .catch((error: unknown) => {
        if (!isLoose) throw error;
      });
    await this.files.removeFolder(folderOf(id));
  }
  async eraseProject(projectId: string): Promise<void> {
    for (const { id } of await this.records(projectId)) await this.erase(id);
  }

  // Whose it is

  /** Marks a take as being recorded here. Gives the way to let go; the browser does it when the page dies. */
  hold(id: string): () => void {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    kLocks?.request(lockOf(id), () => held).catch(() => undefined);
    return release;
  }
  /** Where there are no locks, the time of the last piece tells that a recording goes on. */
  noteAlive(record: TakeRecord): void {
    if (!kLocks) void this.put(record);
  }
  /** Whether a page, this or another, is recording it. */
  async isHeld(record: TakeRecord): Promise<boolean> {
    if (!kLocks) return Date.now() - record.aliveAtMs < kStaleMs;
    const { held = [] } = await kLocks.query();
    return held.some(({ name }) => name === lockOf(record.id));
  }
}
