// SPDX-License-Identifier: MIT
// The kept files of this version, and of the one before it: a page that still runs the old version finds its parts.
import type { Entry, Precache } from './precache.ts';

const kPrefix = 'sonic-core-app-';
const kVersionsKept = 2;
const kAsAsked: CacheQueryOptions = { ignoreVary: true };

const nameOf = ({ version }: Precache): string => kPrefix + version;
const ours = async (): Promise<string[]> =>
  (await caches.keys()).filter((name) => name.startsWith(kPrefix));

/** From another version if the name says that it is the same file, else from the network. */
async function fetchEntry(url: string, revision: string): Promise<Response> {
  if (revision === '') {
    const known = await caches.match(url, kAsAsked);
    if (known) return known;
  }
  // What keeps its name over versions must not come out of the browser's own cache.
  const mode: RequestInit = revision === '' ? {} : { cache: 'reload' };
  let response = await fetch(url, mode);
  // A host that does not serve a folder by its address.
  if (!response.ok && url.endsWith('/')) response = await fetch(`${url}index.html`, mode);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  // The answer to a page's own address must not be a redirected one.
  return response.redirected
    ? new Response(response.body, { headers: response.headers })
    : response;
}

export class Store {
  constructor(
    private readonly precache: Precache,
    private readonly scope: string,
  ) {}

  get pageUrl(): string {
    return this.scope;
  }
  private address([url]: Entry): string {
    return new URL(url, this.scope).href;
  }

  async keep(tier: 'first' | 'rest'): Promise<void> {
    const cache = await caches.open(nameOf(this.precache));
    await Promise.all(
      this.precache[tier].map(async (entry) => {
        const url = this.address(entry);
        if (await cache.match(url, kAsAsked)) return;
        await cache.put(url, await fetchEntry(url, entry[1]));
      }),
    );
  }

  /** Of this version, or of the one before. */
  async find(url: string): Promise<Response | undefined> {
    const cache = await caches.open(nameOf(this.precache));
    return (await cache.match(url, kAsAsked)) ?? (await caches.match(url, kAsAsked));
  }

  async dropOld(): Promise<void> {
    // Oldest first, as they were made.
    const old = (await ours()).filter((name) => name !== nameOf(this.precache));
    await Promise.all(
      old
        .slice(0, Math.max(0, old.length - (kVersionsKept - 1)))
        .map((name) => caches.delete(name)),
    );
  }
}
