// SPDX-License-Identifier: MIT
// engine.wasm → WebAssembly.Module, from wherever it lies.

/** One sentence for browsers without WebAssembly SIMD (Safari before 16.4). */
export const kTooOld =
  'This browser is too old for Sonic-Core: it needs WebAssembly SIMD (Chrome 91, Firefox 89, Safari 16.4 or newer).';

const kIsNode = typeof process === 'object' && typeof process.versions?.node === 'string';

declare const process: { versions?: { node?: string } } | undefined;

/** A function of one v128 instruction. */
const kSimdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
]);

export async function loadModule(url: string | URL | undefined): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(kSimdProbe))
    throw new Error(kTooOld);
  const from = url ?? new URL('./engine.wasm', import.meta.url);
  const address = new URL(String(from), kIsNode ? import.meta.url : pageAddress());
  if (kIsNode && address.protocol === 'file:') {
    const fs: string = 'node:fs/promises';
    const { readFile } = (await import(/* @vite-ignore */ fs)) as {
      readFile(url: URL): Promise<Uint8Array<ArrayBuffer>>;
    };
    return WebAssembly.compile(await readFile(address));
  }
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`The engine could not be loaded: ${address} answered ${response.status}.`);
  }
  // Streaming needs the MIME type application/wasm; a host that does not know it still works.
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/wasm') && 'compileStreaming' in WebAssembly) {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = await response.arrayBuffer();
  const magic = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (String(magic) !== '0,97,115,109') {
    throw new Error(
      `The engine could not be loaded: ${address} is no WebAssembly file (content type "${type}").`,
    );
  }
  return WebAssembly.compile(bytes);
}

function pageAddress(): string {
  const scope = globalThis as { location?: { href: string } };
  return scope.location?.href ?? import.meta.url;
}
