// SPDX-License-Identifier: MIT
// Files that another app shared with this one wait here until a page takes them.

export const kSharedCache = 'sonic-core-shared';
export const kSharedQuery = 'shared';
/** Name of the form's field; the manifest says the same. */
export const kSharedField = 'files';

/** [worker] */
export async function keepShared(form: FormData): Promise<number> {
  const files = form.getAll(kSharedField).filter((item): item is File => item instanceof File);
  await caches.delete(kSharedCache);
  const cache = await caches.open(kSharedCache);
  await Promise.all(
    files.map((file, index) => {
      const headers = {
        'content-type': file.type || 'application/octet-stream',
        'x-file-name': encodeURIComponent(file.name),
      };
      return cache.put(`./shared-file/${index}`, new Response(file, { headers }));
    }),
  );
  return files.length;
}

/** [main] Takes them out: each is given once. */
export async function takeShared(): Promise<File[]> {
  if (!('caches' in globalThis) || !(await caches.has(kSharedCache))) return [];
  const cache = await caches.open(kSharedCache);
  const files = await Promise.all(
    (await cache.matchAll()).map(async (response) => {
      const name = decodeURIComponent(response.headers.get('x-file-name') ?? 'file');
      return new File([await response.blob()], name);
    }),
  );
  await caches.delete(kSharedCache);
  return files;
}
