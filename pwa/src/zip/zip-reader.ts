// SPDX-License-Identifier: MIT
// Reads a zip without compression from a Blob: only what is asked for is read, and checked against its sum.
import { crc32Of } from './crc32.ts';

const kMax32 = 0xffffffff;
const kEndBytes = 22;
const kMaxComment = 0xffff;
const kLocatorBytes = 20;
const kStored = 0;

interface Entry {
  readonly bytes: number;
  readonly crc: number;
  readonly offset: number;
  readonly method: number;
}

/** Whether it begins as a zip does; not whether it is a good one. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes.length > 4 &&
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === 0x04034b50;

export class ZipError extends Error {}
const broken = (): never => {
  throw new ZipError('This file is damaged, or it is no backup.');
};

async function viewOf(blob: Blob, from: number, to: number): Promise<DataView> {
  if (from < 0 || to > blob.size || from > to) broken();
  return new DataView(await blob.slice(from, to).arrayBuffer());
}
const far = (view: DataView, at: number) => Number(view.getBigUint64(at, true));

/** Where the directory lies, and how much there is of it. */
async function findDirectory(blob: Blob): Promise<{ begin: number; bytes: number; count: number }> {
  const tailBegin = Math.max(0, blob.size - kEndBytes - kMaxComment);
  const tail = await viewOf(blob, tailBegin, blob.size);
  let at = tail.byteLength - kEndBytes;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at -= 1;
  if (at < 0) broken();
  const near = {
    count: tail.getUint16(at + 10, true),
    bytes: tail.getUint32(at + 12, true),
    begin: tail.getUint32(at + 16, true),
  };
  const locatorAt = at - kLocatorBytes;
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== 0x07064b50) return near;
  const end = far(tail, locatorAt + 8);
  const view = await viewOf(blob, end, end + 56);
  if (view.getUint32(0, true) !== 0x06064b50) broken();
  return { count: far(view, 32), bytes: far(view, 40), begin: far(view, 48) };
}

export class ZipReader {
  private constructor(
    private readonly blob: Blob,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** Throws a ZipError with a sentence for people. */
  static async open(blob: Blob): Promise<ZipReader> {
    const { begin, bytes, count } = await findDirectory(blob);
    const view = await viewOf(blob, begin, begin + bytes);
    const entries = new Map<string, Entry>();
    const text = new TextDecoder();
    let at = 0;
    for (let i = 0; i < count; i += 1) {
      if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) broken();
      const nameBytes = view.getUint16(at + 28, true);
      const extraBytes = view.getUint16(at + 30, true);
      const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true);
      if (next > view.byteLength) broken();
      const name = text.decode(new Uint8Array(view.buffer, at + 46, nameBytes));
      const offset = view.getUint32(at + 42, true);
      entries.set(name, {
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        bytes: view.getUint32(at + 24, true),
        offset: offset === kMax32 ? far(view, at + 46 + nameBytes + 4) : offset,
      });
      at = next;
    }
    return new ZipReader(blob, entries);
  }

  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** Undefined when there is no such entry. */
  async read(name: string): Promise<Blob | undefined> {
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    if (entry.method !== kStored) throw new ZipError('This file was packed by another program.');
    const local = await viewOf(this.blob, entry.offset, entry.offset + 30);
    if (local.getUint32(0, true) !== 0x04034b50) broken();
    const begin = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
    const content = this.blob.slice(begin, begin + entry.bytes);
    if (content.size !== entry.bytes || (await crc32Of(content)) !== entry.crc) broken();
    return content;
  }
  async text(name: string): Promise<string | undefined> {
    return (await this.read(name))?.text();
  }
  async bytes(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const blob = await this.read(name);
    return blob && new Uint8Array(await blob.arrayBuffer());
  }
}
