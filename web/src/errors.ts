// SPDX-License-Identifier: MIT
import type { EngineErrorInfo } from './types.ts';

/** Thrown where an edit or a file is refused. `message` is a sentence for people; `info.place` says where. */
export class SonicError extends Error {
  override readonly name = 'SonicError';
  readonly info: EngineErrorInfo;
  constructor(info: EngineErrorInfo) {
    super(info.place ? `${info.place}: ${info.sentence}` : info.sentence);
    this.info = info;
  }
}

/** Throws if the kernel said no. */
export function check(error: EngineErrorInfo | undefined): void {
  if (error) throw new SonicError(error);
}
