// SPDX-License-Identifier: MIT
// Serves one folder: right media types, compression, cache headers, nothing outside the folder. It sets neither COOP nor
// COEP: the app must run on any static host.
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { chooseCoding, makeCompressor } from './compression.mjs';
import { isCompressible, mediaType } from './media-types.mjs';

// What the build names by its content; anything else is asked for again each time.
const kHashedName = /^\/assets\/.*-[\w-]{8}\.\w+$/;
const kYearSeconds = 31_536_000;

/** The file below `root` that a URL path names; `redirect` for a folder without its slash; undefined if there is none. */
async function locate(root, urlPath) {
  let decoded;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const wanted = path.join(root, path.posix.normalize(`/${decoded}`));
  try {
    // Links are followed first, so that one inside the folder cannot lead out of it.
    let file = await realpath(wanted);
    if (file !== root && !file.startsWith(root + path.sep)) return undefined;
    let info = await stat(file);
    if (info.isDirectory()) {
      if (!urlPath.endsWith('/')) return { redirect: true };
      file = path.join(file, 'index.html');
      info = await stat(file);
    }
    return info.isFile() ? { file, info } : undefined;
  } catch {
    return undefined;
  }
}

function sendText(response, status, text, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
  response.end(`${text}\n`);
}

/** A request handler for node:http that serves `folder` below the URL path `base`. */
export async function serveFolder(folder, { base = '/' } = {}) {
  const root = await realpath(folder);
  const compress = makeCompressor();

  async function send(request, response, urlPath, { file, info }) {
    const type = mediaType(file);
    const bytes = await readFile(file);
    const coding = isCompressible(type)
      ? chooseCoding(request.headers['accept-encoding'])
      : undefined;
    const version = `${info.mtimeMs.toString(36)}-${info.size.toString(36)}`;
    const packed = coding && (await compress(`${file} ${version}`, coding, bytes));
    const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    const headers = {
      'Content-Type': type,
      'Cache-Control': kHashedName.test(urlPath)
        ? `public, max-age=${kYearSeconds}, immutable`
        : 'no-cache',
      ETag: `"${tag}${packed ? `-${coding}` : ''}"`,
      'X-Content-Type-Options': 'nosniff',
    };
    if (isCompressible(type)) headers.Vary = 'Accept-Encoding';
    if (request.headers['if-none-match'] === headers.ETag) {
      response.writeHead(304, headers);
      response.end();
      return;
    }
    if (packed) headers['Content-Encoding'] = coding;
    headers['Content-Length'] = (packed ?? bytes).length;
    response.writeHead(200, headers);
    response.end(request.method === 'HEAD' ? undefined : (packed ?? bytes));
  }

  async function answer(request, response) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendText(response, 405, 'Only GET and HEAD', { Allow: 'GET, HEAD' });
      return;
    }
    const [fullPath] = request.url.split(/[?#]/, 1);
    if (!fullPath.startsWith(base)) {
      sendText(response, 404, 'Not found');
      return;
    }
    const urlPath = fullPath.slice(base.length - 1);
    const found = await locate(root, urlPath);
    if (!found) sendText(response, 404, 'Not found');
    else if (found.redirect) {
      // Relative to the last part of the path: the same below any prefix, and never another host.
      const name = encodeURIComponent(decodeURIComponent(path.posix.basename(urlPath)));
      sendText(response, 301, 'Moved', { Location: `./${name}/` });
    } else await send(request, response, urlPath, found);
  }

  return (request, response) => {
    answer(request, response).catch((error) => {
      console.error(`${request.url}: ${error.message}`);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'The server could not read this file');
    });
  };
}
