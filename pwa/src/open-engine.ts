// SPDX-License-Identifier: MIT
import { SonicEngine } from 'sonic-core';
import type { EnginePort } from './model/engine-port.ts';

/** The engine as the app asks for it, in a context that is as fast as the browser makes one. Called inside a press. */
export async function openEngine(): Promise<EnginePort> {
  const context = new AudioContext({ latencyHint: 0 });
  // Inside the press still: a later resume() may be refused. Not waited for: without a loudspeaker it never comes.
  context.resume().catch(() => undefined);
  try {
    const engine = await SonicEngine.create(context);
    engine.output.connect(context.destination);
    return new LiveEngine(engine, context);
  } catch (error) {
    void context.close();
    throw error;
  }
}

class LiveEngine implements EnginePort {
  constructor(
    private readonly engine: SonicEngine,
    private readonly context: AudioContext,
  ) {}

  load: EnginePort['load'] = (project) => this.engine.load(project);
  save: EnginePort['save'] = () => this.engine.save();
  apply: EnginePort['apply'] = (patch) => this.engine.apply(patch);
  set: EnginePort['set'] = (nodeId, paramId, value) => this.engine.set(nodeId, paramId, value);
  addAsset: EnginePort['addAsset'] = (bytes, about) => this.engine.addAsset(bytes, about);
  keepFile: EnginePort['keepFile'] = (sha256, bytes) => this.engine.keepFile(sha256, bytes);
  asset: EnginePort['asset'] = (sha256) => this.engine.asset(sha256);
  openFile: EnginePort['openFile'] = (bytes) => this.engine.openFile(bytes);
  saveFile: EnginePort['saveFile'] = () => this.engine.saveFile();
  encodeWav: EnginePort['encodeWav'] = (channels, sampleRateHz, format) =>
    this.engine.encodeWav(channels, sampleRateHz, format);

  play(): void {
    // A context that the system paused (a call, another tab) goes on with the press.
    void this.context.resume();
    this.engine.play();
  }
  stop(): void {
    this.engine.stop();
  }
  get playing(): boolean {
    return this.engine.playing;
  }

  setMonitor(monitor: boolean): void {
    this.engine.setMonitor(monitor);
  }
  setVolumeDb(volumeDb: number): void {
    this.engine.setVolumeDb(volumeDb);
  }
  setMuted(muted: boolean): void {
    this.engine.setMuted(muted);
  }

  connectMicrophone(stream: MediaStream): void {
    this.engine.connectMicrophone(stream);
    void this.context.resume();
  }
  disconnectMicrophone(): void {
    this.engine.disconnectMicrophone();
  }

  get sampleRateHz(): number {
    return this.context.sampleRate;
  }
  startTake: EnginePort['startTake'] = (options) => this.engine.startTake(options);
  stopTake: EnginePort['stopTake'] = () => this.engine.stopTake();
  hear(mediaElement: HTMLMediaElement): () => void {
    const source = new MediaElementAudioSourceNode(this.context, { mediaElement });
    this.engine.connectPlayback(source);
    void this.context.resume();
    return () => source.disconnect();
  }
  demoRiffWav: EnginePort['demoRiffWav'] = () => this.engine.demoRiffWav();
  on: EnginePort['on'] = (event, listener) => this.engine.on(event, listener);
  get latency(): EnginePort['latency'] {
    return this.engine.latency;
  }
}
