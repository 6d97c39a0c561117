// SPDX-License-Identifier: MIT
// The service worker: the app runs without a network, and a new version waits until it is asked to take over.
import type { Precache, ToServiceWorker } from './precache.ts';
import { routeOf } from './route.ts';
import { keepShared, kSharedQuery } from './shared.ts';
import { Store } from './store.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build. */
declare const PRECACHE: Precache;

const scope = new URL('./', self.location.href).href;
const store = new Store(PRECACHE, scope);
const kept = new Set(
  [...PRECACHE.first, ...PRECACHE.rest].map(([url]) => new URL(url, scope).href),
);
// Names with a hash in them may belong to the version before, which a page may still run.
const isKept = (url: string) => kept.has(url) || url.startsWith(`${scope}assets/`);

self.addEventListener('install', (event) => {
  const isFirst = self.registration.active === null;
  event.waitUntil(
    // A first visit is not to wait for dialogs; an update is whole before it is offered.
    store.keep('first').then(() => (isFirst ? undefined : store.keep('rest'))),
  );
});

self.addEventListener('activate', (event) => {
  // Claimed, so that the page of the first visit already gets its later parts from here.
  event.waitUntil(store.dropOld().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  const message = event.data as ToServiceWorker;
  if (message.type === 'take-over') event.waitUntil(self.skipWaiting());
  else if (message.type === 'keep-rest') {
    // Without a network now: the next visit asks again.
    event.waitUntil(store.keep('rest').catch(() => undefined));
  }
});

async function receive(request: Request): Promise<Response> {
  const count = await keepShared(await request.formData());
  return Response.redirect(count ? `${scope}?${kSharedQuery}` : scope, 303);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  switch (routeOf(request, scope, isKept)) {
    case 'page':
      event.respondWith(store.find(scope).then((page) => page ?? fetch(request)));
      break;
    case 'kept': {
      const { origin, pathname } = new URL(request.url);
      event.respondWith(store.find(origin + pathname).then((file) => file ?? fetch(request)));
      break;
    }
    case 'shared':
      event.respondWith(receive(request));
      break;
    case 'network':
      break;
  }
});
