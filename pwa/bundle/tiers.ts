// SPDX-License-Identifier: MIT
// What the service worker keeps: what the first sound needs at once, everything else when the page is idle.

/** What this needs to know of a file of the bundle. */
export interface BuiltFile {
  readonly fileName: string;
  readonly type: 'chunk' | 'asset';
  readonly isEntry?: boolean;
  /** Chunks that are loaded with it. */
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly text: string;
}
export interface Tiers {
  readonly first: string[];
  readonly rest: string[];
}

// The system's letters stand until it comes.
const kLater = /\.woff2$/;
const kNever = /\.map$/;

/** Entries with all that they import, their styles, and the assets (worker, worklet, engine) that they name. */
export function tiersOf(files: readonly BuiltFile[]): Tiers {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  const first = new Set<string>();
  const take = (name: string): void => {
    const file = byName.get(name);
    if (!file || first.has(name) || kLater.test(name)) return;
    first.add(name);
    for (const other of [...(file.imports ?? []), ...(file.css ?? [])]) take(other);
    // Chunks that are fetched later are named too: only what is no chunk belongs to this one.
    for (const other of files) {
      const baseName = other.fileName.slice(other.fileName.lastIndexOf('/') + 1);
      if (other.type === 'asset' && file.text.includes(baseName)) take(other.fileName);
    }
  };
  for (const file of files) {
    if (file.isEntry || file.fileName.endsWith('.html')) take(file.fileName);
  }
  const rest = files
    .map(({ fileName }) => fileName)
    .filter((name) => !first.has(name) && !kNever.test(name));
  return { first: [...first].sort(), rest: rest.sort() };
}
