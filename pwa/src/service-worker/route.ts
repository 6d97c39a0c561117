// SPDX-License-Identifier: MIT
// Which requests the service worker answers itself.

export type Route = 'page' | 'kept' | 'shared' | 'network';

/** Where the system posts what is shared with the installed app; the manifest says the same. */
export const kSharePath = 'share';

/** `scope` ends with a slash. `kept`: the full addresses that the worker keeps, of any version. */
export function routeOf(
  request: { readonly method: string; readonly url: string; readonly mode: string },
  scope: string,
  isKept: (url: string) => boolean,
): Route {
  const url = new URL(request.url);
  const plain = url.origin + url.pathname;
  if (request.method === 'POST') return plain === scope + kSharePath ? 'shared' : 'network';
  if (request.method !== 'GET') return 'network';
  // The app is one page; what else lies below its folder on the host is none of ours.
  if (request.mode === 'navigate') {
    return plain === scope || plain === `${scope}index.html` ? 'page' : 'network';
  }
  return isKept(plain) ? 'kept' : 'network';
}
