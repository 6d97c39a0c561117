// SPDX-License-Identifier: MIT
// Runs build/native/sonic, and makes and reads the files that it takes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

const program = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../build/native/sonic',
);

export const folder = mkdtempSync(path.join(os.tmpdir(), 'sonic-cli-'));
export const removeFolder = () => rmSync(folder, { recursive: true, force: true });

/** Runs `sonic` with the folder of this test as its working directory. */
export function sonic(...words) {
  const { status, stdout, stderr, error } = spawnSync(program, words.map(String), {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

export function write(name, content) {
  writeFileSync(path.join(folder, name), content);
  return name;
}
export const read = (name) => readFileSync(path.join(folder, name));
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A sine in every channel, `frames` long; channel c at half the level of the one before. */
export const sines = (frames, channels = 1, cyclesPerFrame = 0.01) =>
  Array.from({ length: channels }, (_, c) =>
    Float32Array.from(
      { length: frames },
      (__, n) => 0.5 ** (c + 1) * Math.sin(2 * Math.PI * cyclesPerFrame * n),
    ),
  );

/** WAV bytes of planar channels: bits 8, 16, 24, or 32 for float. */
export function wav(channels, { rate = 48000, bits = 16 } = {}) {
  const frames = channels[0]?.length ?? 0;
  const bytes = bits / 8;
  const data = Buffer.alloc(frames * channels.length * bytes);
  let at = 0;
  for (let n = 0; n < frames; n += 1) {
    for (const channel of channels) {
      const scaled = Math.round(channel[n] * 2 ** (bits - 1));
      if (bits === 32) data.writeFloatLE(channel[n], at);
      else if (bits === 8) data.writeUInt8(scaled + 128, at);
      else data.writeIntLE(scaled, at, bytes);
      at += bytes;
    }
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(bits === 32 ? 3 : 1, 20);
  head.writeUInt16LE(channels.length, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * channels.length * bytes, 28);
  head.writeUInt16LE(channels.length * bytes, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** Rate, bits and planar samples of a WAV, whatever chunks it has. */
export function readWav(bytes) {
  const result = {};
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (id === 'fmt ') {
      result.channelCount = bytes.readUInt16LE(at + 10);
      result.rate = bytes.readUInt32LE(at + 12);
      result.bits = bytes.readUInt16LE(at + 22);
    }
    if (id === 'data') result.data = bytes.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  const step = result.bits / 8;
  const frames = result.data.length / step / result.channelCount;
  const sample = (i) =>
    result.bits === 32
      ? result.data.readFloatLE(i * step)
      : result.data.readIntLE(i * step, step) / 2 ** (result.bits - 1);
  const channels = Array.from({ length: result.channelCount }, (_, c) =>
    Float32Array.from({ length: frames }, (__, n) => sample(n * result.channelCount + c)),
  );
  return { rate: result.rate, bits: result.bits, frames, channels };
}

/** A zip without compression, as .sonic is. */
export function zip(entries) {
  const local = [];
  const central = [];
  let at = 0;
  for (const [name, content] of Object.entries(entries)) {
    const bytes = Buffer.from(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(zlib.crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    const piece = [Buffer.from('PK\x03\x04'), common, Buffer.from(name), bytes];
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, Buffer.from(name));
    local.push(...piece);
    at += piece.reduce((sum, part) => sum + part.length, 0);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(Object.keys(entries).length, 8);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

/** Nodes in a row, each [id, type, more members]: every one feeds the next, out → in. */
export function chainProject(nodes, more = {}) {
  const wires = {};
  for (let i = 1; i < nodes.length; i += 1) {
    wires[`w${i}`] = { from: [nodes[i - 1][0], 'out'], to: [nodes[i][0], 'in'] };
  }
  return {
    format: 'sonic-core',
    version: 1,
    nodes: Object.fromEntries(nodes.map(([id, type, members]) => [id, { type, ...members }])),
    wires,
    ...more,
  };
}
export const writeProject = (name, project) => write(name, JSON.stringify(project));
