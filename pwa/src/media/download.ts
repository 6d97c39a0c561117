// SPDX-License-Identifier: MIT
// To and from the user's files. Links and inputs, since not every browser has file pickers.

export function download(bytes: Uint8Array<ArrayBuffer>, name: string, type: string): void {
  downloadBlob(new Blob([bytes], { type }), name);
}
export function downloadBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser may still be reading it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name that every file system takes. */
export function fileName(title: string, extension: string): string {
  const safe = title
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80);
  return `${safe || 'Sonic-Core'}.${extension}`;
}

/** Undefined when nothing was chosen. Called inside a press. */
export function pickFile(accept: string): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}
