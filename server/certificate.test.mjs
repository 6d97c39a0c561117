// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { certificate, lanAddresses } from './certificate.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sonic-certificate-'));
after(() => rmSync(folder, { recursive: true }));

test('only addresses that others reach are listed', () => {
  const addresses = lanAddresses({
    lo: [{ family: 'IPv4', internal: true, address: '127.0.0.1' }],
    wlan0: [
      { family: 'IPv6', internal: false, address: 'fe80::1' },
      { family: 'IPv4', internal: false, address: '192.168.1.7' },
    ],
  });
  assert.deepEqual(addresses, ['192.168.1.7']);
});

test('the certificate names this machine, opens a connection and is kept', async () => {
  const pair = await certificate(folder, ['192.168.1.7']);
  const parsed = new X509Certificate(pair.cert);
  assert.ok(parsed.checkIP('192.168.1.7'));
  assert.ok(parsed.checkHost('localhost'));
  assert.deepEqual(await certificate(folder, ['192.168.1.7']), pair);
  assert.equal(statSync(path.join(folder, 'certificate.json')).mode & 0o077, 0);

  const server = https.createServer(pair, (request, response) => response.end('ok'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const status = await new Promise((resolve, reject) => {
      const { port } = server.address();
      // By address: a machine may have no name service, not even for localhost.
      const target = { host: '127.0.0.1', servername: 'localhost', port, ca: pair.cert, path: '/' };
      https
        .get(target, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .on('error', reject);
    });
    assert.equal(status, 200);
  } finally {
    server.close();
  }
});

test('another address or an unreadable file makes a new one', async () => {
  const first = await certificate(folder, ['192.168.1.7']);
  const second = await certificate(folder, ['10.0.0.3']);
  assert.notEqual(second.cert, first.cert);
  writeFileSync(path.join(folder, 'certificate.json'), 'torn');
  assert.ok(
    new X509Certificate((await certificate(folder, ['10.0.0.3'])).cert).checkIP('10.0.0.3'),
  );
});
