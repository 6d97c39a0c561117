// SPDX-License-Identifier: MIT
// The plainest static server that a page can be put on: no compression, no caching, no special headers.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface PlainServer {
  readonly url: string;
  close(): Promise<void>;
}

const kTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

export async function serveFolder(
  folder: string,
  options: { headers?: Record<string, string>; wasmType?: string; under?: string } = {},
): Promise<PlainServer> {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/');
    const under = options.under ?? '/';
    if (!name.startsWith(under)) {
      response.writeHead(404).end();
      return;
    }
    const file = path.join(folder, path.normalize(`/${name.slice(under.length)}`));
    const extension = path.extname(file);
    const type =
      extension === '.wasm' ? (options.wasmType ?? 'application/wasm') : kTypes[extension];
    try {
      const body = readFileSync(file);
      response.writeHead(200, { 'content-type': type ?? 'text/plain', ...options.headers });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
