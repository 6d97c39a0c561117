// SPDX-License-Identifier: MIT
// node server/serve.mjs [--root dist] [--port 5173] [--host 127.0.0.1] [--base /] [--https] [--strict-port]
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { certificate, lanAddresses } from './certificate.mjs';
import { serveFolder } from './static-files.mjs';

const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const kTries = 50;

export const kOptions = {
  root: { type: 'string', default: path.join(projectRoot, 'dist') },
  port: { type: 'string', default: '5173' },
  host: { type: 'string' },
  base: { type: 'string', default: '/' },
  https: { type: 'boolean', default: false },
  'strict-port': { type: 'boolean', default: false },
};

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address().port);
    });
  });
}

async function listenFrom(server, first, host, tries) {
  for (let port = first; ; port += 1) {
    try {
      return await listen(server, port, host);
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || port + 1 >= first + tries) throw error;
    }
  }
}

/**
 * Starts the server. Resolves to { server, port, url, lanUrl }; a busy port gives way to the next free one unless
 * `strict-port` is set. `lanUrl` is there with `https`, when this machine is in a network.
 */
export async function serve(options) {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`port must be 0 to 65535, got '${options.port}'`);
  }
  const base = `/${options.base}/`.replace(/\/+/g, '/');
  const handler = await serveFolder(options.root, { base });
  const server = options.https
    ? https.createServer(await certificate(path.join(projectRoot, '.cache')), handler)
    : http.createServer(handler);
  const host = options.host ?? (options.https ? '0.0.0.0' : '127.0.0.1');
  const used = await listenFrom(server, port, host, options['strict-port'] ? 1 : kTries);
  const [address] = lanAddresses();
  return {
    server,
    port: used,
    url: `${options.https ? 'https' : 'http'}://localhost:${used}${base}`,
    lanUrl: options.https && address ? `https://${address}:${used}${base}` : undefined,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { values } = parseArgs({ options: kOptions });
    const { url } = await serve(values);
    console.log(url);
  } catch (error) {
    console.error(`serve: ${error.message}`);
    process.exitCode = 1;
  }
}
