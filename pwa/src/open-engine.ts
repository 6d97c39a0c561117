// SPDX-License-Identifier: MIT
import { SonicEngine } from 'sonic-core';
import { makeContext, setOutput } from './audio/context.ts';
import { LiveAudio } from './audio/live-audio.ts';
import { type AudioSettings, kDefaultAudio } from './audio/settings.ts';
import type { EnginePort } from './model/engine-port.ts';

/** A device that went away since, or a rate it no longer has, must not stand between a player and the sound. */
function makeContextOrDefault(settings: AudioSettings): [AudioContext, AudioSettings] {
  try {
    return [makeContext(settings), settings];
  } catch {
    return [makeContext(kDefaultAudio), kDefaultAudio];
  }
}

/** The engine as the app asks for it. Called inside a press. */
export async function openEngine(wanted: AudioSettings): Promise<EnginePort> {
  const [context, settings] = makeContextOrDefault(wanted);
  try {
    const engine = await SonicEngine.create(context);
    const isThere = await setOutput(context, settings.outputId).then(
      () => true,
      () => false,
    );
    engine.output.connect(context.destination);
    const found = isThere ? settings : { ...settings, outputId: '' };
    return new LiveEngine(engine, new LiveAudio(engine, context, found));
  } catch (error) {
    void context.close();
    throw error;
  }
}

class LiveEngine implements EnginePort {
  constructor(
    private readonly engine: SonicEngine,
    readonly audio: LiveAudio,
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
    void this.audio.resume();
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
    void this.audio.resume();
  }
  disconnectMicrophone(): void {
    this.engine.disconnectMicrophone();
  }

  get sampleRateHz(): number {
    return this.audio.facts.sampleRateHz;
  }
  startTake: EnginePort['startTake'] = (options) => this.engine.startTake(options);
  stopTake: EnginePort['stopTake'] = () => this.engine.stopTake();
  hear(mediaElement: HTMLMediaElement): () => void {
    const context = this.engine.context as AudioContext;
    const source = new MediaElementAudioSourceNode(context, { mediaElement });
    this.engine.connectPlayback(source);
    void context.resume();
    return () => source.disconnect();
  }
  demoRiffWav: EnginePort['demoRiffWav'] = () => this.engine.demoRiffWav();
  on: EnginePort['on'] = (event, listener) => this.engine.on(event, listener);
  costs: EnginePort['costs'] = () => this.engine.costs();
  get latency(): EnginePort['latency'] {
    return this.engine.latency;
  }
}
