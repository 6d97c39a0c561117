// SPDX-License-Identifier: MIT
// What the build tells the service worker.

/** Address relative to the worker, and what tells its versions apart; '' where the name does that already. */
export type Entry = readonly [url: string, revision: string];

export interface Precache {
  /** Of the whole list: another list is another version of the app. */
  readonly version: string;
  /** Needed up to the first sound. */
  readonly first: readonly Entry[];
  /** Needed later: dialogs, letters, icons. */
  readonly rest: readonly Entry[];
}

/** What a page may tell its worker. */
export type ToServiceWorker =
  | { readonly type: 'keep-rest' }
  /** A new version takes the old one's place now. */
  | { readonly type: 'take-over' };
