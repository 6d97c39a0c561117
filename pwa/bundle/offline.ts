// SPDX-License-Identifier: MIT
// Adds the service worker to the build: one classic script beside index.html, with the list of what it keeps written
// into it, so that a changed file makes a changed worker.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import type { Plugin, ResolvedConfig, Rolldown } from 'vite';
import type { Entry, Precache } from '../src/service-worker/precache.ts';
import { type BuiltFile, tiersOf } from './tiers.ts';

const kWorkerName = 'service-worker.js';
const kHashedName = /-[\w-]{8}\.\w+$/;

const revisionOf = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 12);

function asBuilt(file: Rolldown.OutputAsset | Rolldown.OutputChunk): BuiltFile {
  if (file.type === 'asset') {
    const isText = /\.(html|css)$/.test(file.fileName);
    return {
      fileName: file.fileName,
      type: 'asset',
      text: isText ? String(file.source) : '',
    };
  }
  return {
    fileName: file.fileName,
    type: 'chunk',
    isEntry: file.isEntry,
    imports: file.imports,
    css: [...(file.viteMetadata?.importedCss ?? [])],
    text: file.code,
  };
}

/** Files that are copied as they are. */
function publicEntries(folder: string): Entry[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.join(item.parentPath, item.name))
    .map((file): Entry => {
      const url = path.relative(folder, file).split(path.sep).join('/');
      return [url, revisionOf(readFileSync(file))];
    })
    .sort(([a], [b]) => a.localeCompare(b));
}

async function bundleWorker(entry: string, precache: Precache): Promise<string> {
  const build = await rolldown({ input: entry, platform: 'browser', tsconfig: false });
  const { output } = await build.generate({
    format: 'iife',
    minify: true,
    intro: `const PRECACHE = ${JSON.stringify(precache)};`,
  });
  await build.close();
  const [chunk] = output;
  return chunk.code;
}

export function offline(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'sonic-offline',
    apply: 'build',
    enforce: 'post',
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const files = Object.values(bundle);
        const revisions = new Map(
          files.map((file) => [
            file.fileName,
            revisionOf(file.type === 'asset' ? file.source : file.code),
          ]),
        );
        const entryOf = (name: string): Entry => [
          // The folder's own address: some hosts answer "index.html" with a redirection to it.
          name === 'index.html' ? './' : name,
          kHashedName.test(name) ? '' : (revisions.get(name) ?? ''),
        ];
        const tiers = tiersOf(files.map(asBuilt));
        const first = tiers.first.map(entryOf);
        const rest = [...tiers.rest.map(entryOf), ...publicEntries(config.publicDir)];
        const version = revisionOf(JSON.stringify([first, rest]));
        const entry = path.join(config.root, 'src/service-worker/worker.ts');
        this.emitFile({
          type: 'asset',
          fileName: kWorkerName,
          source: await bundleWorker(entry, { version, first, rest }),
        });
      },
    },
  };
}
