// SPDX-License-Identifier: MIT
import { AssetStore } from './asset-store.ts';
import { Emitter } from './emitter.ts';
import { check, SonicError } from './errors.ts';
import { checkOptions, type EngineOptions } from './engine-options.ts';
import { kPlaybackInput, type LiveNode, type LiveSettings } from './live-node.ts';
import { LiveStarter } from './live-starter.ts';
import { loadModule } from './load-module.ts';
import { Microphone } from './microphone.ts';
import { modules, type ModuleId, type ParamValues } from './modules.ts';
import { EndpointNode, ModuleNode, ownerOf, type NodeOwner } from './nodes.ts';
import { wiresOf, type Step } from './chain.ts';
import { Costs } from './costs.ts';
import { Planning } from './planning.ts';
import { StoredNodes } from './stored-nodes.ts';
import { Telemetry } from './telemetry.ts';
import type { EngineEvents, MergePatch, ProjectJson, Take, TakeOptions } from './types.ts';
import { instantiate, type Glue, type ProjectBinding } from './wire/glue.ts';
import { WorkerClient } from './worker-client.ts';

const kEmptyProject: ProjectJson = {
  format: 'sonic-core',
  version: 1,
  nodes: { in: { type: 'input' }, out: { type: 'output' } },
  wires: {},
};

/**
 * The engine in an AudioContext: one AudioWorkletNode that plays one project. Edits are synchronous and throw a
 * SonicError that says what was wrong and where; what they ask for is heard within a few milliseconds, without a click.
 */
export class SonicEngine {
  readonly input: EndpointNode;
  readonly output: EndpointNode;
  /** Every module there is, in the order of the palette. */
  readonly modules = modules;
  private live: LiveNode;
  private project: ProjectBinding;
  private planning: Planning;
  private readonly glue: Glue;
  private readonly starter: LiveStarter;
  private readonly microphone = new Microphone();
  private readonly worker: WorkerClient;
  private readonly files: AssetStore;
  private readonly costs_: Costs;
  private readonly events = new Emitter<EngineEvents>();
  private readonly owner: NodeOwner = ownerOf(this);
  private readonly stored = new StoredNodes(() => this.save());
  private liveSettings: LiveSettings = { volumeDb: 0, muted: false, monitor: true };
  private readonly telemetry: Telemetry;
  private isPlaying = false;
  private lastMove: Promise<void> = Promise.resolve();

  static async create(
    context: BaseAudioContext,
    options: EngineOptions = {},
  ): Promise<SonicEngine> {
    checkOptions(options, context);
    const module = options.wasmModule ?? (await loadModule(options.wasmUrl));
    const glue = instantiate(module);
    const channel = new MessageChannel();
    const engine = new SonicEngine(options, module, glue, channel.port1);
    engine.live = await engine.starter.start(context, channel.port2, engine.liveSettings);
    engine.adopt(context.sampleRate, JSON.stringify(kEmptyProject));
    return engine;
  }

  private constructor(
    options: EngineOptions,
    module: WebAssembly.Module,
    glue: Glue,
    workerPort: MessagePort,
  ) {
    this.glue = glue;
    this.starter = new LiveStarter(options, module, {
      report: (data) => this.telemetry.report(data),
      load: (share) => this.events.emit('load', { share }),
      error: (error) => this.events.emit('error', error),
    });
    this.worker = new WorkerClient(
      {
        module,
        url: options.workerUrl,
        openPort: () => this.starter.openWorkerPort(this.live as LiveNode | undefined),
        restarted: () => this.events.emit('worker', { isAlive: true }),
        gaveUp: () => this.events.emit('worker', { isAlive: false }),
      },
      workerPort,
    );
    this.costs_ = new Costs(this.worker);
    this.files = new AssetStore(glue, this.worker);
    this.telemetry = new Telemetry(this.events, {
      version: () => this.stored.version,
      nodes: () => this.stored.all(),
      handleOf: (id) => this.project.handleOf(id),
    });
    // Set by create() before anybody holds the engine.
    this.live = undefined as unknown as LiveNode;
    this.project = undefined as unknown as ProjectBinding;
    this.planning = undefined as unknown as Planning;
    this.input = new EndpointNode('in', () => this.node);
    this.output = new EndpointNode('out', () => this.node);
  }

  /** The one node of the engine. Connect sources to it, and it to a destination. */
  get node(): AudioWorkletNode {
    return this.live.node;
  }
  get context(): BaseAudioContext {
    return this.live.node.context;
  }

  // ---- the document ----------------------------------------------------------------------------

  /** Replaces the project. Resolves when everything it needs was prepared and sent. */
  async load(project: ProjectJson | string): Promise<void> {
    check(this.project.load(typeof project === 'string' ? project : JSON.stringify(project)));
    this.changed();
    await this.planning.idle();
  }

  save(): ProjectJson {
    return JSON.parse(this.project.save()) as ProjectJson;
  }

  /** RFC 7396 merge patch over the project: the one entry for edits. All or nothing. */
  apply(patch: MergePatch): void {
    check(this.project.apply(JSON.stringify(patch)));
    this.changed();
  }

  /** A knob on its way: heard at once, not stored. Store it with apply() when the gesture ends. */
  set(nodeId: string, paramId: string, value: number): void {
    const node = this.stored.byId(nodeId);
    const row = node?.meta.params.findIndex((param) => param.id === paramId) ?? -1;
    const param = node?.meta.params[row];
    if (!node || !param)
      throw new RangeError(`There is no parameter "${paramId}" on node "${nodeId}".`);
    if (!Number.isFinite(value))
      throw new RangeError(`${param.label} must be a number, got ${value}.`);
    if (param.structural) {
      this.apply({ nodes: { [nodeId]: { params: { [paramId]: value } } } });
      return;
    }
    const handle = this.project.handleOf(nodeId);
    if (handle !== 0)
      this.planning.param(handle, row, Math.min(param.max, Math.max(param.min, value)));
  }

  /** The stored value, or the default. */
  get(nodeId: string, paramId: string): number {
    return this.project.param(nodeId, paramId);
  }

  /** Adds a module to the document, not yet wired. */
  add<T extends ModuleId>(
    type: T,
    params: ParamValues<T> = {},
    id: string = this.stored.freshId(type),
  ): ModuleNode<T> {
    this.apply({ nodes: { [id]: { type, params } } });
    return new ModuleNode(this.owner, id, type);
  }

  /** Wires a chain: sources of the page, modules, the engine's input or output. */
  connect(...chain: readonly Step[]): void {
    this.apply({ wires: wiresOf(chain, this.input, this.node) });
  }

  /** Takes away the wires between two neighbours made by connect(). */
  disconnect(from: ModuleNode | EndpointNode, to: ModuleNode | EndpointNode): void {
    const { wires } = this.save();
    const gone = Object.entries(wires)
      .filter(([, wire]) => wire.from[0] === from.id && wire.to[0] === to.id)
      .map(([id]) => [id, null]);
    this.apply({ wires: Object.fromEntries(gone) as Record<string, null> });
  }

  /** Resolves when all edits so far were prepared and sent. */
  idle(): Promise<void> {
    return this.planning.idle();
  }

  // ---- assets ----------------------------------------------------------------------------------

  /** A sound file for an asset slot. Rejects with a sentence if it is none; gives the name to put into the slot. */
  async addAsset(bytes: Uint8Array, meta: { name: string; kind: string }): Promise<string> {
    const sha256 = await this.files.add(bytes);
    this.planning.fileArrived(sha256);
    this.apply({ assets: { [sha256]: { ...meta } } });
    return sha256;
  }

  /** The bytes of an asset that was added or opened here. */
  asset(sha256: string): Uint8Array<ArrayBuffer> | undefined {
    return this.files.get(sha256);
  }

  /** Hands over a file whose hash is known, as from a store. */
  keepFile(sha256: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.files.keep(sha256, bytes);
    this.planning.fileArrived(sha256);
  }

  /** The project and its assets as one `.sonic` file. */
  saveFile(): Uint8Array<ArrayBuffer> {
    return this.files.pack(this.project.save(), Object.keys(this.save().assets ?? {}));
  }

  /** Opens a `.sonic` file or a project's JSON. Gives a sentence for people, or ''. */
  async openFile(bytes: Uint8Array): Promise<string> {
    const { project, kept } = this.files.unpack(bytes);
    for (const sha256 of kept) this.planning.fileArrived(sha256);
    await this.load(project);
    return this.project.notice();
  }

  /** The demo's guitar, synthesised now: a WAV at the context's rate. */
  async demoRiffWav(): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.worker.riff(this.context.sampleRate)).bytes;
  }

  /** A WAV file of planar channels. */
  async encodeWav(
    channels: readonly Float32Array[],
    sampleRateHz: number,
    format: '16' | '24' | 'f32' = '24',
  ): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.worker.wav(channels, sampleRateHz, format)).bytes;
  }

  // ---- time ------------------------------------------------------------------------------------

  /** Musical time from beat 0. The engine itself always runs; this is for what follows the transport. */
  play(): void {
    this.anchor(0, true);
  }
  stop(): void {
    this.anchor(0, false);
  }
  get playing(): boolean {
    return this.isPlaying;
  }

  /** Records from a reset at its first frame: dry input and output of the same frames. */
  startTake(options: TakeOptions = {}): void {
    this.live.startTake(options);
  }
  /** Everything that was recorded; what went to `onChunk` is not kept a second time. */
  stopTake(): Promise<Take> {
    return this.live.stopTake();
  }
  get isRecording(): boolean {
    return this.live.isRecording;
  }

  /**
   * Lets something else be heard beside the modules, through volume, mute and limiter, but in no take and no render: a
   * take that is played, a metronome. `source.disconnect()` ends it.
   */
  connectPlayback(source: AudioNode): void {
    source.connect(this.node, 0, kPlaybackInput);
  }

  // ---- the live output -------------------------------------------------------------------------

  /** Volume, mute and monitoring shape the live output only; a limiter at −1 dBFS guards it. */
  setLive(settings: Partial<LiveSettings>): void {
    this.liveSettings = { ...this.liveSettings, ...settings };
    this.live.send({ type: 'live', ...this.liveSettings });
  }

  /** Whether the engine's input reaches the modules. Off while nobody has confirmed headphones. */
  setMonitor(monitor: boolean): void {
    this.setLive({ monitor });
  }
  setVolumeDb(volumeDb: number): void {
    this.setLive({ volumeDb });
  }
  setMuted(muted: boolean): void {
    this.setLive({ muted });
  }

  /** A microphone or instrument into the engine's input; it takes the place of the one before. */
  connectMicrophone(stream: MediaStream): void {
    this.microphone.connect(stream, this.node);
  }
  /** What connectMicrophone() made, to be led elsewhere too; it is another one after moveTo(). */
  get microphoneNode(): AudioNode | undefined {
    return this.microphone.node;
  }
  disconnectMicrophone(): void {
    this.microphone.disconnect();
  }

  /** Milliseconds: of the context's block, of the device, and of the modules. */
  get latency(): { baseMs: number; outputMs: number; ownMs: number } {
    const context = this.context as AudioContext;
    return {
      baseMs: 1000 * (context.baseLatency ?? Number.NaN),
      outputMs: 1000 * (context.outputLatency ?? Number.NaN),
      ownMs: (1000 * this.project.latencyFrames()) / context.sampleRate,
    };
  }

  /** Gives back the way to stop listening. */
  on<K extends keyof EngineEvents>(
    event: K,
    listener: (value: EngineEvents[K]) => void,
  ): () => void {
    return this.events.on(event, listener);
  }

  /**
   * The same document, files and musical position in another context; a microphone moves along, other sources must be
   * connected anew. What plays goes on until the new context is ready to take over. Moves follow one another.
   */
  moveTo(context: BaseAudioContext): Promise<void> {
    const moved = this.lastMove.then(() => this.move(context));
    this.lastMove = moved.catch(() => undefined);
    return moved;
  }
  private async move(context: BaseAudioContext): Promise<void> {
    if (this.isRecording) {
      const sentence = 'A take is being recorded. Stop it before the audio device is changed.';
      throw new SonicError({ code: 'state', place: '', sentence });
    }
    const channel = new MessageChannel();
    const next = await this.starter.start(context, channel.port2, this.liveSettings);
    this.worker.setPort(channel.port1);
    const json = this.project.save();
    const { live, project, isPlaying } = this;
    const { beat } = this.telemetry;
    const retiredAtMs = performance.now();
    live.retire();
    this.live = next;
    this.adopt(context.sampleRate, json);
    await this.planning.idle();
    const stream = this.microphone.disconnect();
    live.dispose();
    project.delete();
    if (stream) this.connectMicrophone(stream);
    const minutes = (performance.now() - retiredAtMs) / 60_000;
    if (isPlaying) this.anchor(beat + minutes * this.project.transport().tempoBpm, true);
  }

  /** Estimated share of real time that each node costs alone: run for a moment in the worker, once per state of a node. */
  costs(): Promise<ReadonlyMap<string, number>> {
    return this.costs_.of(this.save(), this.context.sampleRate);
  }

  dispose(): void {
    this.telemetry.stop();
    this.live.dispose();
    this.worker.terminate();
    this.project.delete();
  }

  // ---- inside ----------------------------------------------------------------------------------

  private adopt(sampleRateHz: number, json: string): void {
    this.project = new this.glue.Project(sampleRateHz, false);
    check(this.project.load(json));
    this.planning = new Planning(
      this.project,
      this.worker,
      (message, transfer) => this.live.send(message, transfer),
      (error) => this.events.emit('error', error),
    );
    this.telemetry.watchUnderruns(this.context as AudioContext);
    this.anchor(0, false);
    this.changed();
  }

  private changed(): void {
    this.stored.changed();
    this.planning.touch();
  }

  private anchor(beat: number, playing: boolean): void {
    this.isPlaying = playing;
    this.live.send({ type: 'anchor', beat, playing, ...this.project.transport() });
  }
}
