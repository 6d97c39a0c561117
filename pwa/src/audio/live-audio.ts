// SPDX-License-Identifier: MIT
// The engine's way to the loudspeaker and from the microphone: which context it lives in.
import type { SonicEngine } from 'sonic-core';
import { factsOf, makeContext, setOutput } from './context.ts';
import type { AudioFacts, AudioPort } from './port.ts';
import probeUrl from './probe-worklet.ts?worker&url';
import type { AudioSettings } from './settings.ts';

const kToneHz = 440;
const kToneGain = 0.1;
const kToneSeconds = 1;
const kFadeSeconds = 0.02;

export class LiveAudio implements AudioPort {
  private readonly listeners = new Set<() => void>();
  private isMoving = false;

  constructor(
    private readonly engine: SonicEngine,
    private context: AudioContext,
    private chosen: AudioSettings,
  ) {
    context.onstatechange = () => this.tell();
  }

  get settings(): AudioSettings {
    return this.chosen;
  }
  get facts(): AudioFacts {
    return factsOf(this.context);
  }
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  private tell(): void {
    // Contexts come and go while the engine moves: that is no news.
    if (this.isMoving) return;
    for (const listener of this.listeners) listener();
  }

  async moveTo(settings: AudioSettings): Promise<void> {
    const { chosen } = this;
    const isSameContext =
      settings.rateHz === chosen.rateHz &&
      settings.blockFrames === chosen.blockFrames &&
      settings.latency === chosen.latency &&
      this.context.state !== 'closed';
    if (isSameContext && settings.outputId !== chosen.outputId) {
      await this.moveOutput(settings);
      return;
    }
    await this.moveContext(settings);
  }

  private async moveOutput(settings: AudioSettings): Promise<void> {
    this.isMoving = true;
    try {
      await setOutput(this.context, settings.outputId);
      this.chosen = settings;
    } finally {
      this.isMoving = false;
      this.tell();
    }
  }

  async restart(settings: AudioSettings): Promise<void> {
    await this.moveContext(settings);
  }

  private async moveContext(settings: AudioSettings): Promise<void> {
    // Asked before a context is made: a second one next to a recording would only disturb it.
    if (this.engine.isRecording) {
      throw new Error('A take is being recorded. Stop it before the audio device is changed.');
    }
    const old = this.context;
    const next = makeContext(settings);
    this.isMoving = true;
    try {
      await setOutput(next, settings.outputId);
      await this.engine.moveTo(next);
      this.engine.output.connect(next.destination);
    } catch (error) {
      void next.close();
      throw error;
    } finally {
      this.isMoving = false;
    }
    this.context = next;
    this.chosen = settings;
    old.onstatechange = null;
    if (old.state !== 'closed') void old.close();
    next.onstatechange = () => this.tell();
    this.tell();
  }

  async resume(): Promise<void> {
    await this.context.resume();
  }

  async playTone(): Promise<void> {
    const { context } = this;
    const now = context.currentTime;
    const end = now + kToneSeconds;
    const tone = new OscillatorNode(context, { frequency: kToneHz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain
      .setValueAtTime(0, now)
      .linearRampToValueAtTime(kToneGain, now + kFadeSeconds)
      .setValueAtTime(kToneGain, end - kFadeSeconds)
      .linearRampToValueAtTime(0, end);
    tone.connect(gain);
    this.engine.connectPlayback(gain);
    const ended = new Promise<void>((resolve) => {
      tone.addEventListener('ended', () => resolve());
      // One that is closed meanwhile ends nothing.
      context.addEventListener('statechange', () => context.state === 'closed' && resolve());
    });
    tone.start();
    tone.stop(end);
    await ended;
    gain.disconnect();
  }

  async probe(signal: Float32Array<ArrayBuffer>, frames: number): Promise<Float32Array> {
    const { context } = this;
    const source = this.engine.microphoneNode;
    if (!source) throw new Error('No input is connected.');
    await context.audioWorklet.addModule(probeUrl);
    const node = new AudioWorkletNode(context, 'sonic-probe', {
      outputChannelCount: [2],
      processorOptions: { signal, frames },
    });
    const heard = new Promise<Float32Array>((resolve, reject) => {
      node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => resolve(data);
      node.onprocessorerror = () => reject(new Error('The measurement stopped with an error.'));
      context.addEventListener('statechange', () => {
        if (context.state !== 'running') reject(new Error('The sound was paused.'));
      });
    });
    source.connect(node);
    node.connect(context.destination);
    try {
      return await heard;
    } finally {
      source.disconnect(node);
      node.disconnect();
    }
  }
}
