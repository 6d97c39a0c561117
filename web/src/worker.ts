// SPDX-License-Identifier: MIT
// The worker: everything heavy. Cooks assets, reads files, synthesises the demo's guitar, packs WAVs. Cooked blobs go
// straight to the worklet through a port of their own, so that a busy page delays nothing.
import { weigh } from './weigh.ts';
import { instantiate, type CookTask, type Glue } from './wire/glue.ts';
import {
  kBlobPieceBytes,
  type BlobPiece,
  type FromWorker,
  type ToWorker,
} from './wire/messages.ts';

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
};

let glue: Glue | undefined;
let worklet: MessagePort | undefined;
const files = new Map<string, Uint8Array>();

function cook(kernel: Glue, id: number, task: CookTask): void {
  const bytes: Uint8Array[] = [];
  for (const sha256 of task.files) {
    const file = sha256 === '' ? new Uint8Array(0) : files.get(sha256);
    if (!file) {
      scope.postMessage({ type: 'cooked', id, task, result: { missingFile: sha256 } }, []);
      return;
    }
    bytes.push(file);
  }
  const result = kernel.cook(task.blueprint, bytes);
  if (result.error === undefined) {
    for (const blob of result.blobs) {
      const total = blob.bytes.byteLength;
      for (let at = 0; at === 0 || at < total; at += kBlobPieceBytes) {
        const piece = blob.bytes.slice(at, at + kBlobPieceBytes).buffer;
        const message: BlobPiece = {
          type: 'blob',
          key: blob.key,
          totalBytes: total,
          at,
          bytes: piece,
        };
        worklet?.postMessage(message, [piece]);
      }
    }
    // The page needs the measure only; the blobs are with the worklet.
    scope.postMessage(
      {
        type: 'cooked',
        id,
        task,
        result: { blobs: [], measure: result.measure },
      },
      [],
    );
    return;
  }
  scope.postMessage({ type: 'cooked', id, task, result }, []);
}

function sendBytes(kernel: Glue, id: number, bytes: Uint8Array<ArrayBuffer>): void {
  const sha256 = kernel.sha256(bytes);
  scope.postMessage({ type: 'bytes', id, bytes: bytes.buffer, sha256 }, [bytes.buffer]);
}

scope.onmessage = ({ data: message }) => {
  if (message.type === 'start') {
    glue = instantiate(message.module);
    worklet = message.port;
    return;
  }
  if (!glue) return;
  switch (message.type) {
    case 'port':
      worklet = message.port;
      break;
    case 'file':
      files.set(message.sha256, new Uint8Array(message.bytes));
      break;
    case 'cook':
      cook(glue, message.id, message.task);
      break;
    case 'inspect': {
      const bytes = new Uint8Array(message.bytes);
      const { error } = glue.inspectWav(bytes);
      if (error) scope.postMessage({ type: 'error', id: message.id, error }, []);
      else sendBytes(glue, message.id, bytes);
      break;
    }
    case 'weigh': {
      const kernel = glue;
      const shares = message.projects.map((project) =>
        weigh(kernel, project, message.sampleRateHz, files),
      );
      scope.postMessage({ type: 'weights', id: message.id, shares }, []);
      break;
    }
    case 'riff':
      sendBytes(glue, message.id, glue.demoRiffWav(message.sampleRateHz));
      break;
    case 'wav':
      sendBytes(
        glue,
        message.id,
        glue.encodeWav(message.channels, message.sampleRateHz, message.format),
      );
      break;
  }
};
