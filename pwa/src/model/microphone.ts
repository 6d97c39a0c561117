// SPDX-License-Identifier: MIT
// The guitar's way in: permission, device, level, monitoring; and the ear that mutes a howl.
import { kQuiet, stepFeedback } from '../flows/feedback.ts';
import {
  createPlugIn,
  type InputDevice,
  type InputFailure,
  type OpenInput,
  type PlugIn,
} from '../flows/plug-in.ts';
import { tellAudioUse } from '../media/audio-session.ts';
import { Emitter } from './emitter.ts';
import { type EnginePort, sentenceOf } from './engine-port.ts';
import { type Levels, peakDb, rmsDb } from './levels.ts';

export interface MicrophoneEvents {
  howl: undefined;
  /** The device went away while it was in use. */
  lost: { readonly label: string };
  monitor: boolean;
}
/** Voice processing of the browser: all of it would ruin a guitar. */
const kProcessing = {
  echoCancellation: 'echo cancellation',
  noiseSuppression: 'noise suppression',
  autoGainControl: 'automatic gain',
} as const;
type Processing = keyof typeof kProcessing;

const kInsecure =
  'A browser gives the microphone only to pages with a secure address (https, or this machine).';

function failureOf(error: unknown): InputFailure {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no-device';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'other';
}

export class Microphone extends Emitter<MicrophoneEvents> {
  readonly flow: PlugIn;
  monitoring = false;
  private stream: MediaStream | undefined;
  private engine: EnginePort | undefined;
  private asked = 0;
  private feedback = kQuiet;

  /** `ready` opens the engine with a project in it. It is called inside the press that asks for the input. */
  constructor(
    private readonly ready: () => Promise<EnginePort>,
    private readonly levels: Levels,
  ) {
    super();
    this.flow = createPlugIn({
      ask: (deviceId) => void this.ask(deviceId),
      release: () => this.release(),
      monitor: (isOn) => this.monitor(isOn),
    });
    levels.onFrame((atMs) => this.watch(atMs));
    // A device that was plugged in or out changes the list that is offered.
    globalThis.navigator?.mediaDevices?.addEventListener?.(
      'devicechange',
      () => void this.relist(),
    );
  }

  get isConnected(): boolean {
    return this.stream !== undefined;
  }
  get label(): string {
    return this.flow.context.input?.device.label ?? '';
  }

  private async ask(deviceId: string | undefined): Promise<void> {
    const ticket = ++this.asked;
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media?.getUserMedia) {
      this.flow.send({ type: 'failed', failure: 'other', sentence: kInsecure });
      return;
    }
    this.stop();
    // Both begin inside the press: the engine's context may only start there.
    const opening = this.ready();
    opening.catch(() => {});
    let stream: MediaStream | undefined;
    tellAudioUse('play-and-record');
    try {
      stream = await media.getUserMedia({
        audio: {
          ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
          echoCancellation: false,
          noiseSuppression: false,
          autoGainControl: false,
          channelCount: { ideal: 2 },
        },
      });
      const engine = await opening;
      const devices = await listInputs(media);
      if (ticket !== this.asked) throw new DOMException('Not wanted any more', 'AbortError');
      this.connect(engine, stream);
      const input = inputOf(stream, devices);
      const isListed = devices.some(({ id }) => id === input.device.id);
      this.flow.send({
        type: 'opened',
        input,
        devices: isListed ? devices : [input.device, ...devices],
      });
    } catch (error) {
      for (const track of stream?.getTracks() ?? []) track.stop();
      if (!this.stream) tellAudioUse('playback');
      if (ticket !== this.asked) return;
      const failure = failureOf(error);
      const sentence = failure === 'other' ? sentenceOf(error) : '';
      this.flow.send({ type: 'failed', failure, sentence });
    }
  }

  private connect(engine: EnginePort, stream: MediaStream): void {
    this.engine = engine;
    this.stream = stream;
    engine.setMonitor(false);
    engine.connectMicrophone(stream);
    stream.getAudioTracks()[0]?.addEventListener('ended', () => {
      if (this.stream !== stream) return;
      const { label } = this;
      this.flow.send({ type: 'lost' });
      this.emit('lost', { label });
    });
  }

  private async relist(): Promise<void> {
    if (!this.stream) return;
    this.flow.context.devices = await listInputs(navigator.mediaDevices);
  }

  private stop(): void {
    if (!this.stream) return;
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = undefined;
    tellAudioUse('playback');
    this.engine?.disconnectMicrophone();
  }

  private release(): void {
    this.asked += 1;
    this.stop();
    this.monitor(false);
  }

  private monitor(isOn: boolean): void {
    this.feedback = kQuiet;
    this.engine?.setMonitor(isOn);
    if (this.monitoring === isOn) return;
    this.monitoring = isOn;
    this.emit('monitor', isOn);
  }

  private watch(atMs: number): void {
    if (!this.stream) return;
    const input = this.levels.level('@in');
    const report = { peakDb: peakDb(input), rmsDb: rmsDb(input), atMs };
    this.flow.send({ type: 'level', peakDb: report.peakDb, atMs });
    if (!this.monitoring) return;
    this.feedback = stepFeedback(this.feedback, report);
    if (!this.feedback.isHowling) return;
    this.feedback = kQuiet;
    this.emit('howl', undefined);
  }
}

function inputOf(stream: MediaStream, devices: readonly InputDevice[]): OpenInput {
  const track = stream.getAudioTracks()[0];
  const settings = track?.getSettings() ?? {};
  const processing = (Object.keys(kProcessing) as Processing[])
    .filter((key) => settings[key] === true)
    .map((key) => kProcessing[key]);
  const label = track?.label || 'Microphone';
  // The browser's "default" is one of the others under another id: "Default - Scarlett 2i2".
  const device =
    devices.find(({ id }) => id === settings.deviceId) ??
    devices.find((other) => label.endsWith(other.label));
  return { device: device ?? { id: settings.deviceId ?? '', label }, processing };
}

async function listInputs(media: MediaDevices): Promise<InputDevice[]> {
  const all = await media.enumerateDevices();
  return all
    .filter(
      ({ kind, deviceId }) =>
        kind === 'audioinput' && deviceId !== 'default' && deviceId !== 'communications',
    )
    .map(({ deviceId, label }, i) => ({ id: deviceId, label: label || `Input ${i + 1}` }));
}
