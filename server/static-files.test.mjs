// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { serve } from './serve.mjs';

const kScript = `export const words = '${'sound '.repeat(500)}';\n`;
const folder = mkdtempSync(path.join(os.tmpdir(), 'sonic-server-'));
const root = path.join(folder, 'dist');
let running;

before(async () => {
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  mkdirSync(path.join(root, 'sub folder'));
  writeFileSync(path.join(folder, 'secret.txt'), 'not for the world');
  writeFileSync(path.join(root, 'index.html'), '<!doctype html><title>Sonic</title>');
  writeFileSync(path.join(root, 'sub folder/index.html'), 'sub');
  writeFileSync(path.join(root, 'assets/index-Ab3_-x9Z.js'), kScript);
  writeFileSync(path.join(root, 'engine.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d]));
  writeFileSync(path.join(root, 'service-worker.js'), 'addEventListener("fetch", () => {});');
  writeFileSync(path.join(root, 'manifest.webmanifest'), '{}');
  symlinkSync(path.join(folder, 'secret.txt'), path.join(root, 'leak.txt'));
  running = await serve({ root, port: '0', base: '/', https: false });
});
after(() => {
  running.server.close();
  rmSync(folder, { recursive: true });
});

/** A request as it stands: fetch would tidy the path and unpack the body. */
function ask(urlPath, { method = 'GET', headers = {}, port = running.port } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port, path: urlPath, method, headers },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject).end();
  });
}

test('the page comes at / and is asked for again each time', async () => {
  const page = await ask('/');
  assert.equal(page.status, 200);
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(page.headers['cache-control'], 'no-cache');
  assert.match(page.body.toString(), /Sonic/);
});

test('WASM and scripts have the types that browsers insist on', async () => {
  const wasm = await ask('/engine.wasm');
  assert.equal(wasm.headers['content-type'], 'application/wasm');
  const script = await ask('/assets/index-Ab3_-x9Z.js');
  assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
});

test('files named by their content are kept for a year, others are not', async () => {
  const script = await ask('/assets/index-Ab3_-x9Z.js');
  assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable');
  const wasm = await ask('/engine.wasm');
  assert.equal(wasm.headers['cache-control'], 'no-cache');
});

test('the service worker, the page and the manifest are asked for again each time', async () => {
  for (const name of ['/service-worker.js', '/', '/manifest.webmanifest']) {
    const answer = await ask(name);
    assert.equal(answer.status, 200, name);
    assert.equal(answer.headers['cache-control'], 'no-cache', name);
  }
  const manifest = await ask('/manifest.webmanifest');
  assert.equal(manifest.headers['content-type'], 'application/manifest+json');
});

test('text is compressed as the browser likes it, and comes out the same', async () => {
  const asked = (coding) =>
    ask('/assets/index-Ab3_-x9Z.js', { headers: { 'accept-encoding': coding } });
  const brotli = await asked('gzip, deflate, br');
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(brotli.body).toString(), kScript);
  const gzip = await asked('br;q=0, gzip');
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(gzip.body).toString(), kScript);
  const plain = await asked('identity');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.body.toString(), kScript);
  for (const answer of [brotli, gzip, plain]) {
    assert.equal(answer.headers.vary, 'Accept-Encoding');
    assert.equal(Number(answer.headers['content-length']), answer.body.length);
  }
  assert.notEqual(brotli.headers.etag, gzip.headers.etag);
});

test('an unchanged file is not sent twice', async () => {
  const first = await ask('/engine.wasm');
  const second = await ask('/engine.wasm', { headers: { 'if-none-match': first.headers.etag } });
  assert.equal(second.status, 304);
  assert.equal(second.body.length, 0);
});

test('HEAD has the headers and no body', async () => {
  const head = await ask('/engine.wasm', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.headers['content-length'], '4');
  assert.equal(head.body.length, 0);
});

for (const urlPath of [
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '//../secret.txt',
  '/leak.txt',
  '/index.html%00.js',
  '/%ff',
  '/missing.js',
]) {
  test(`${urlPath} gives nothing`, async () => {
    const answer = await ask(urlPath);
    assert.equal(answer.status, 404);
    assert.doesNotMatch(answer.body.toString(), /not for the world/);
  });
}

test('a folder without its slash is sent to the one with it', async () => {
  const answer = await ask('/sub%20folder');
  assert.equal(answer.status, 301);
  const target = new URL(answer.headers.location, 'http://localhost/sub%20folder');
  assert.equal(target.pathname, '/sub%20folder/');
  assert.equal((await ask(target.pathname)).body.toString(), 'sub');
});

test('nothing but reading is allowed', async () => {
  const answer = await ask('/', { method: 'POST' });
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.allow, 'GET, HEAD');
});

test('the page is not isolated: it must run as on any static host', async () => {
  const { headers } = await ask('/');
  assert.equal(headers['cross-origin-opener-policy'], undefined);
  assert.equal(headers['cross-origin-embedder-policy'], undefined);
});

test('a prefix serves the same folder below it, and only there', async () => {
  const other = await serve({ root, port: '0', base: '/deep/er', https: false });
  try {
    assert.match(other.url, /\/deep\/er\/$/);
    assert.equal((await ask('/deep/er/engine.wasm', { port: other.port })).status, 200);
    assert.equal((await ask('/engine.wasm', { port: other.port })).status, 404);
  } finally {
    other.server.close();
  }
});

test('a busy port gives way to the next, unless it was insisted on', async () => {
  const port = String(running.port);
  const next = await serve({ root, port, base: '/', https: false });
  assert.ok(next.port > running.port);
  next.server.close();
  await assert.rejects(serve({ root, port, base: '/', https: false, 'strict-port': true }), {
    code: 'EADDRINUSE',
  });
});

test('a port that is none is refused in one sentence', async () => {
  await assert.rejects(serve({ root, port: 'x', base: '/' }), /port must be 0 to 65535, got 'x'/);
});
