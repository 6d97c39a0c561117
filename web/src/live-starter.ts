// SPDX-License-Identifier: MIT
import type { EngineOptions } from './engine-options.ts';
import { LiveNode, type LiveNodeEvents, type LiveSettings } from './live-node.ts';

/** Makes the engine's node in a context, and leads the worker's port to it. */
export class LiveStarter {
  private readonly options: EngineOptions;
  private readonly module: WebAssembly.Module;
  private readonly events: LiveNodeEvents;
  /** Of a worker that was replaced before there was a node to tell. */
  private earlyPort: MessagePort | undefined;

  constructor(options: EngineOptions, module: WebAssembly.Module, events: LiveNodeEvents) {
    this.options = options;
    this.module = module;
    this.events = events;
  }

  /** The other end of a new way between worker and worklet. */
  openWorkerPort(live: LiveNode | undefined): MessagePort {
    const { port1, port2 } = new MessageChannel();
    if (live) live.send({ type: 'worker-port', port: port2 }, [port2]);
    else this.earlyPort = port2;
    return port1;
  }

  async start(
    context: BaseAudioContext,
    port: MessagePort,
    settings: LiveSettings,
  ): Promise<LiveNode> {
    // Written out, so that bundlers see the file and give it an address.
    const url = this.options.workletUrl ?? new URL('./sonic-worklet.js', import.meta.url);
    await context.audioWorklet.addModule(url);
    const bytes = async (): Promise<ArrayBuffer> =>
      (
        await fetch(this.options.wasmUrl ?? new URL('./engine.wasm', import.meta.url))
      ).arrayBuffer();
    const live = await LiveNode.create(context, this.module, bytes, settings, this.events);
    const way = this.earlyPort ?? port;
    this.earlyPort = undefined;
    live.send({ type: 'worker-port', port: way }, [way]);
    return live;
  }
}
