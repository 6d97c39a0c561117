// SPDX-License-Identifier: MIT
// PNG with 8 bits, in RGBA or with a palette, as much of it as icons and pictures need.
import zlib from 'node:zlib';

const kSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const kCrcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = kCrcTable[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

const paeth = (a, b, c) => {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
};

/** What is left of a byte after its neighbours foretold it, for each of the five filters. */
const kFilters = [
  () => 0,
  (a) => a,
  (a, b) => b,
  (a, b) => (a + b) >> 1,
  (a, b, c) => paeth(a, b, c),
];

/** `stride`: bytes of one row; `unit`: bytes of one pixel. Each row takes the filter with the smallest sum. */
function filterRows(bytes, stride, unit) {
  const rows = bytes.length / stride;
  const out = Buffer.alloc(rows * (stride + 1));
  const tried = Buffer.alloc(stride);
  for (let y = 0; y < rows; y += 1) {
    const begin = y * stride;
    let best = Infinity;
    kFilters.forEach((foretell, filter) => {
      let sum = 0;
      for (let x = 0; x < stride; x += 1) {
        const a = x >= unit ? bytes[begin + x - unit] : 0;
        const b = y > 0 ? bytes[begin + x - stride] : 0;
        const c = x >= unit && y > 0 ? bytes[begin + x - stride - unit] : 0;
        const left = (bytes[begin + x] - foretell(a, b, c)) & 0xff;
        tried[x] = left;
        sum += left < 128 ? left : 256 - left;
      }
      if (sum >= best) return;
      best = sum;
      out[y * (stride + 1)] = filter;
      tried.copy(out, y * (stride + 1) + 1);
    });
  }
  return out;
}

function file(width, height, colourType, chunks) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, 0], 8);
  return Buffer.concat([
    kSignature,
    chunk('IHDR', header),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const pack = (bytes) => chunk('IDAT', zlib.deflateSync(bytes, { level: 9, memLevel: 9 }));

export function encodePng(width, height, rgba) {
  return file(width, height, 6, [pack(filterRows(rgba, width * 4, 4))]);
}

/** `palette`: up to 256 [red, green, blue]; `indices`: one byte per pixel. */
export function encodePalettePng(width, height, { palette, indices }) {
  // Neighbouring numbers of a palette are no neighbouring colours: filters would only do harm.
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return file(width, height, 3, [chunk('PLTE', Buffer.from(palette.flat())), pack(rows)]);
}

/** { width, height, rgba } of a PNG with 8-bit RGB or RGBA, not interlaced. */
export function decodePng(png) {
  const data = [];
  let header;
  for (let at = kSignature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const unit = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || unit === undefined || header[12] !== 0) {
    throw new Error('only 8-bit RGB or RGBA without interlacing');
  }
  const stride = width * unit;
  const packed = zlib.inflateSync(Buffer.concat(data));
  const bytes = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const foretell = kFilters[packed[y * (stride + 1)]];
    const begin = y * stride;
    for (let x = 0; x < stride; x += 1) {
      const a = x >= unit ? bytes[begin + x - unit] : 0;
      const b = y > 0 ? bytes[begin + x - stride] : 0;
      const c = x >= unit && y > 0 ? bytes[begin + x - stride - unit] : 0;
      bytes[begin + x] = packed[y * (stride + 1) + 1 + x] + foretell(a, b, c);
    }
  }
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i += 1) {
    for (let c = 0; c < unit; c += 1) rgba[i * 4 + c] = bytes[i * unit + c];
  }
  return { width, height, rgba };
}
