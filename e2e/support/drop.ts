// SPDX-License-Identifier: MIT
import type { Locator } from '@playwright/test';

/** Drops a file onto the element, as a file manager does. */
export async function drop(target: Locator, name: string, bytes: Buffer | string): Promise<void> {
  await target.evaluate(
    (element, [fileName = '', base64 = '']) => {
      const body = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([body], fileName));
      for (const type of ['dragover', 'drop']) {
        element.dispatchEvent(
          new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }),
        );
      }
    },
    [name, Buffer.from(bytes).toString('base64')],
  );
}
