// SPDX-License-Identifier: MIT
// A zip without compression. Nothing is copied: it is a Blob made of the blobs that go in, so that gigabytes of takes
// need no memory; past 4 GB it is a zip64 (APPNOTE 6.3.10, 4.3.14 to 4.3.16).
import { crc32Of } from './crc32.ts';

const kMax32 = 0xffffffff;
const kMax16 = 0xffff;
const kVersion = 20;
const kVersion64 = 45;
const kUtf8 = 0x0800;

interface Entry {
  readonly name: Uint8Array;
  readonly bytes: number;
  readonly crc: number;
  readonly offset: number;
  readonly time: number;
  readonly date: number;
}

/** Little-endian fields: [bytes, value] each. */
function fields(...values: readonly (readonly [size: 2 | 4 | 8, value: number])[]) {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else if (size === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += size;
  }
  return bytes;
}

export class ZipWriter {
  private readonly parts: BlobPart[] = [];
  private readonly entries: Entry[] = [];
  private size = 0;

  /** From where on numbers stand in the wide fields: lower in tests, which have no gigabytes. */
  constructor(private readonly limits = { bytes: kMax32, entries: kMax16 }) {}

  /** `madeAt` in local time, to two seconds, as zips have it. */
  async add(name: string, content: BlobPart, madeAt = new Date()): Promise<void> {
    const blob = content instanceof Blob ? content : new Blob([content]);
    if (blob.size >= kMax32) throw new RangeError(`${name} is too large for a backup.`);
    const entry: Entry = {
      name: new TextEncoder().encode(name),
      bytes: blob.size,
      crc: await crc32Of(blob),
      offset: this.size,
      time: (madeAt.getHours() << 11) | (madeAt.getMinutes() << 5) | (madeAt.getSeconds() >> 1),
      date:
        ((Math.max(1980, madeAt.getFullYear()) - 1980) << 9) |
        ((madeAt.getMonth() + 1) << 5) |
        madeAt.getDate(),
    };
    this.entries.push(entry);
    this.push(fields([4, 0x04034b50], [2, kVersion], ...common(entry), [2, 0]), entry.name, blob);
  }

  finish(): Blob {
    const begin = this.size;
    for (const entry of this.entries) {
      const isFar = entry.offset >= this.limits.bytes;
      const extra = isFar ? fields([2, 1], [2, 8], [8, entry.offset]) : new Uint8Array(0);
      const version = isFar ? kVersion64 : kVersion;
      this.push(
        fields(
          [4, 0x02014b50],
          [2, version],
          [2, version],
          ...common(entry),
          [2, extra.length],
          [2, 0], // comment
          [2, 0], // disk
          [2, 0], // attributes inside
          [4, 0], // attributes outside
          [4, isFar ? kMax32 : entry.offset],
        ),
        entry.name,
        extra,
      );
    }
    this.end(begin, this.size - begin);
    return new Blob(this.parts, { type: 'application/zip' });
  }

  private end(begin: number, bytes: number): void {
    const count = this.entries.length;
    const isWide = begin >= this.limits.bytes || count >= this.limits.entries;
    if (isWide) {
      const at = this.size;
      this.push(
        fields(
          [4, 0x06064b50],
          [8, 44],
          [2, kVersion64],
          [2, kVersion64],
          [4, 0],
          [4, 0],
          [8, count],
          [8, count],
          [8, bytes],
          [8, begin],
        ),
        fields([4, 0x07064b50], [4, 0], [8, at], [4, 1]),
      );
    }
    const few = isWide ? kMax16 : count;
    this.push(
      fields(
        [4, 0x06054b50],
        [2, 0],
        [2, 0],
        [2, few],
        [2, few],
        [4, isWide ? kMax32 : bytes],
        [4, isWide ? kMax32 : begin],
        [2, 0],
      ),
    );
  }

  private push(...parts: readonly (Uint8Array<ArrayBuffer> | Uint8Array | Blob)[]): void {
    for (const part of parts) {
      this.parts.push(part as BlobPart);
      this.size += part instanceof Blob ? part.size : part.length;
    }
  }
}

/** What stands in the local and in the central header alike. */
const common = ({ time, date, crc, bytes, name }: Entry) =>
  [
    [2, kUtf8],
    [2, 0], // stored
    [2, time],
    [2, date],
    [4, crc],
    [4, bytes],
    [4, bytes],
    [2, name.length],
  ] as const;
