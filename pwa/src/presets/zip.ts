// SPDX-License-Identifier: MIT
// A zip without compression, as `.sonic` files are: a few large files that are compressed already, or do not compress.
import type { Bytes } from '../model/engine-port.ts';

const kLocal = 0x04034b50;
const kCentral = 0x02014b50;
const kEnd = 0x06054b50;
const kLocalBytes = 30;
const kCentralBytes = 46;
const kEndBytes = 22;
/** Names are UTF-8. */
const kUtf8 = 0x0800;
/** The first of January 1980: what a file was made of decides its bytes, not when. */
const kNoDate = 0x0021;

const kCrc = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c >>> 0;
});
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (kCrc[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

interface Entry {
  readonly name: Uint8Array;
  readonly bytes: Uint8Array;
  readonly crc: number;
  readonly at: number;
}

/** Version, flags, method, time, date, checksum, sizes: what both headers of an entry have in a row. */
function writeCommon(view: DataView, at: number, { name, bytes, crc }: Entry): void {
  const words = [20, kUtf8, 0, 0, kNoDate] as const;
  for (const [i, word] of words.entries()) view.setUint16(at + 2 * i, word, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, bytes.length, true);
  view.setUint32(at + 18, bytes.length, true);
  view.setUint16(at + 22, name.length, true);
}

export function writeZip(files: ReadonlyMap<string, Uint8Array>): Bytes {
  let at = 0;
  const entries = [...files].map(([title, bytes]): Entry => {
    const name = new TextEncoder().encode(title);
    const entry = { name, bytes, crc: crc32(bytes), at };
    at += kLocalBytes + name.length + bytes.length;
    return entry;
  });
  const centralAt = at;
  const centralBytes = entries.reduce((sum, { name }) => sum + kCentralBytes + name.length, 0);
  const out = new Uint8Array(centralAt + centralBytes + kEndBytes);
  const view = new DataView(out.buffer);
  for (const entry of entries) {
    view.setUint32(entry.at, kLocal, true);
    writeCommon(view, entry.at + 4, entry);
    out.set(entry.name, entry.at + kLocalBytes);
    out.set(entry.bytes, entry.at + kLocalBytes + entry.name.length);
    view.setUint32(at, kCentral, true);
    view.setUint16(at + 4, 20, true);
    writeCommon(view, at + 6, entry);
    view.setUint32(at + 42, entry.at, true);
    out.set(entry.name, at + kCentralBytes);
    at += kCentralBytes + entry.name.length;
  }
  view.setUint32(at, kEnd, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, centralBytes, true);
  view.setUint32(at + 16, centralAt, true);
  return out;
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === kLocal;

/** Throws with a sentence's second half: "is cut off". */
export function readZip(bytes: Uint8Array): Map<string, Bytes> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - kEndBytes;
  const last = Math.max(0, end - 0xffff);
  while (end >= last && view.getUint32(end, true) !== kEnd) end--;
  if (end < last || end < 0) throw new Error('is cut off');
  const files = new Map<string, Bytes>();
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    if (at + kCentralBytes > end || view.getUint32(at, true) !== kCentral) {
      throw new Error('is damaged');
    }
    if (view.getUint16(at + 10, true) !== 0) throw new Error('is compressed, which is not read');
    const size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    if (local + kLocalBytes > end) throw new Error('is damaged');
    const from =
      local + kLocalBytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + size > end) throw new Error('is damaged');
    const name = new TextDecoder().decode(
      bytes.subarray(at + kCentralBytes, at + kCentralBytes + nameLength),
    );
    const content = bytes.slice(from, from + size);
    if (crc32(content) !== view.getUint32(at + 16, true)) throw new Error('is damaged');
    files.set(name, content);
    at +=
      kCentralBytes + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}
