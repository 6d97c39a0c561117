// SPDX-License-Identifier: MIT
// A self-signed certificate for this machine's names in the LAN, kept between runs so that a phone has to accept it once.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';

const kDays = 365;
const kDayMs = 86_400_000;

/** IPv4 addresses under which other machines reach this one. */
export function lanAddresses(interfaces = os.networkInterfaces()) {
  return Object.values(interfaces)
    .flat()
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address);
}

function isUsable(pem, addresses) {
  const certificate = new X509Certificate(pem);
  const endsMs = Date.parse(certificate.validTo);
  return endsMs - Date.now() > 7 * kDayMs && addresses.every((ip) => certificate.checkIP(ip));
}

async function readKept(file, addresses) {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8'));
    return isUsable(kept.cert, addresses) ? kept : undefined;
  } catch {
    // None yet, or one that cannot be read: a new one takes its place.
    return undefined;
  }
}

/** { key, cert } in PEM, valid for localhost, this host's name and `addresses`. */
export async function certificate(folder, addresses = lanAddresses()) {
  const file = path.join(folder, 'certificate.json');
  const kept = await readKept(file, addresses);
  if (kept) return kept;
  const { generate } = await import('selfsigned');
  const names = ['localhost', os.hostname()];
  const made = await generate([{ name: 'commonName', value: 'Sonic-Core on this network' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    notAfterDate: new Date(Date.now() + kDays * kDayMs),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2, value })),
          ...['127.0.0.1', ...addresses].map((ip) => ({ type: 7, ip })),
        ],
      },
    ],
  });
  const pair = { key: made.private, cert: made.cert };
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(pair), { mode: 0o600 });
  return pair;
}
