// SPDX-License-Identifier: MIT
// Tells when the page's colours change: by the system, or by the choice that is kept on <html>. For canvases, which do
// not follow the tokens by themselves.

const listeners = new Set<() => void>();
let isWatching = false;

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  for (const query of ['(prefers-color-scheme: light)', '(prefers-contrast: more)']) {
    matchMedia(query).addEventListener('change', tell);
  }
  new MutationObserver(tell).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme'],
  });
}

export function onColours(listener: () => void): () => void {
  watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
