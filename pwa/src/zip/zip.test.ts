// SPDX-License-Identifier: MIT
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32, crc32Of } from './crc32.ts';
import { ZipReader } from './zip-reader.ts';
import { ZipWriter } from './zip-writer.ts';

const noise = (bytes: number) =>
  Uint8Array.from({ length: bytes }, (_, i) => (i * 2654435761) >>> 24);

const hasPython = spawnSync('python3', ['--version']).status === 0;
/** As Python lists it, after it has checked every sum. */
function listing(zip: Buffer): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'zip-')), 'backup.zip');
  writeFileSync(file, zip);
  const script = `import sys,zipfile
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
print([(i.filename,i.file_size,i.date_time) for i in z.infolist()])`;
  return execFileSync('python3', ['-c', script, file], { encoding: 'utf8' });
}

describe('crc32', () => {
  it('is the sum that zip files have', async () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
    for (const bytes of [1, 3, 4, 5, 1000])
      expect(crc32(noise(bytes))).toBe(zlibCrc32(noise(bytes)));
    const large = noise(2_500_001);
    expect(await crc32Of(new Blob([large]))).toBe(zlibCrc32(large));
  });
});

describe('a zip', () => {
  const write = async (limits?: { bytes: number; entries: number }) => {
    const zip = new ZipWriter(limits);
    await zip.add('manifest.json', '{"a":1}');
    await zip.add('Größe & co/leer', new Uint8Array(0));
    await zip.add('noise.bin', noise(70_000), new Date(2026, 5, 3, 14, 5, 6));
    return zip.finish();
  };

  it('gives back what went in', async () => {
    const zip = await ZipReader.open(await write());
    expect(zip.names).toEqual(['manifest.json', 'Größe & co/leer', 'noise.bin']);
    expect(await zip.text('manifest.json')).toBe('{"a":1}');
    expect(await zip.bytes('Größe & co/leer')).toEqual(new Uint8Array(0));
    expect(await zip.bytes('noise.bin')).toEqual(noise(70_000));
    expect(await zip.read('nothing')).toBeUndefined();
  });

  it.skipIf(!hasPython)('is read by other programs', async () => {
    const listed = listing(Buffer.from(await (await write()).arrayBuffer()));
    expect(listed).toContain("('noise.bin', 70000, (2026, 6, 3, 14, 5, 6))");
    expect(listed).toContain("('Größe & co/leer', 0,");
  });

  it('that is damaged is refused with a sentence', async () => {
    const whole = new Uint8Array(await (await write()).arrayBuffer());
    const sentence = /damaged/;
    await expect(ZipReader.open(new Blob(['no zip at all']))).rejects.toThrow(sentence);
    await expect(ZipReader.open(new Blob([]))).rejects.toThrow(sentence);
    await expect(ZipReader.open(new Blob([whole.slice(0, -30)]))).rejects.toThrow(sentence);
    const flipped = whole.slice();
    flipped[60_000] = (flipped[60_000] ?? 0) ^ 1;
    const zip = await ZipReader.open(new Blob([flipped]));
    await expect(zip.read('noise.bin')).rejects.toThrow(sentence);
    expect(await zip.text('manifest.json')).toBe('{"a":1}');
  });

  it.each([
    { bytes: 80, entries: 65_535 },
    { bytes: 0xffffffff, entries: 2 },
  ])('is a zip64 past %j', async (limits) => {
    const file = await (await write(limits)).arrayBuffer();
    expect(Buffer.from(file).includes(Buffer.from([0x50, 0x4b, 6, 6]))).toBe(true);
    const zip = await ZipReader.open(new Blob([file]));
    expect(zip.names).toHaveLength(3);
    expect(await zip.bytes('noise.bin')).toEqual(noise(70_000));
    if (hasPython) expect(listing(Buffer.from(file))).toContain("('noise.bin', 70000,");
  });
});
