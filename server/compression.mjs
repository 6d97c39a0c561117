// SPDX-License-Identifier: MIT
// Brotli or gzip of whole files, made once per file version and kept.
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const kSmallestBytes = 1024;
const kKeptBytes = 64 << 20;
// Brotli's best level takes seconds for the engine; level 9 comes within a few per cent.
const kBrotli = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } };
const compressors = {
  br: (bytes) => promisify(zlib.brotliCompress)(bytes, kBrotli),
  gzip: (bytes) => promisify(zlib.gzip)(bytes, { level: 9 }),
};

/** The best coding that the request's Accept-Encoding allows, or undefined. */
export function chooseCoding(acceptEncoding = '') {
  const weights = new Map(
    acceptEncoding.split(',').map((item) => {
      const [name, ...params] = item
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = params.find((param) => param.startsWith('q='));
      return [name, q ? Number(q.slice(2)) : 1];
    }),
  );
  return ['br', 'gzip'].find((coding) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0);
}

/** Gives `compress(key, coding, bytes)`; results are kept by key, and the oldest go first. */
export function makeCompressor() {
  const kept = new Map();
  let keptBytes = 0;

  const trim = () => {
    for (const [key, entry] of kept) {
      if (keptBytes <= kKeptBytes) return;
      kept.delete(key);
      keptBytes -= entry.size;
    }
  };
  return async function compress(key, coding, bytes) {
    if (bytes.length < kSmallestBytes) return undefined;
    const id = `${coding} ${key}`;
    let entry = kept.get(id);
    if (!entry) {
      // The promise is kept, so that requests which come meanwhile share the work.
      entry = { size: 0, body: compressors[coding](bytes) };
      kept.set(id, entry);
      entry.size = (await entry.body).length;
      keptBytes += entry.size;
      trim();
    }
    const body = await entry.body;
    return body.length < bytes.length ? body : undefined;
  };
}
