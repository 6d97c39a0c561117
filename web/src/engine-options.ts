// SPDX-License-Identifier: MIT

export interface EngineOptions {
  /** Channels of the engine's own input: 0 for none, 1 or 2 (default). */
  readonly inputs?: 0 | 1 | 2;
  /** Channels of the output; 2 is the only width so far. */
  readonly outputs?: 2;
  /** Where the package's files lie, if not beside index.js. */
  readonly workletUrl?: string | URL;
  readonly workerUrl?: string | URL;
  readonly wasmUrl?: string | URL;
  /** A module compiled before: several engines then share one compilation. */
  readonly wasmModule?: WebAssembly.Module;
}

/** Throws a sentence if the engine cannot run like that, or not in this context. */
export function checkOptions(options: EngineOptions, context: BaseAudioContext): void {
  if (options.inputs !== undefined && ![0, 1, 2].includes(options.inputs)) {
    throw new RangeError(`inputs must be 0, 1 or 2, got ${options.inputs}`);
  }
  if (options.outputs !== undefined && options.outputs !== 2) {
    throw new RangeError(`outputs must be 2, got ${options.outputs as number}`);
  }
  if (!context.audioWorklet) {
    throw new Error(
      'The engine needs a secure page (https or localhost): this one has no AudioWorklet.',
    );
  }
}
