// SPDX-License-Identifier: MIT
// An audio input without hardware: the test decides what the browser answers, what is played, and when it is pulled out.
import type { Page } from '@playwright/test';

/** `wait` leaves the browser's question unanswered; an error name refuses. */
export type Answer = 'grant' | 'wait' | 'NotAllowedError' | 'NotFoundError' | 'NotReadableError';
export interface FakeDevice {
  readonly id: string;
  readonly label: string;
}
export const kInterface: FakeDevice = { id: 'scarlett', label: 'Scarlett 2i2 USB' };
export const kHeadset: FakeDevice = { id: 'buds', label: 'Bluetooth headset' };

interface InPage {
  answer: Answer;
  devices: readonly FakeDevice[];
  readonly asked: MediaStreamConstraints[];
  readonly tracks: MediaStreamTrack[];
  wake: () => void;
  gain?: GainNode;
  peak: number;
}
type Scope = { fakeInput: InPage };

/** Runs in the page before its own scripts. */
function install(devices: readonly FakeDevice[]): void {
  const Context = AudioContext;
  const state: InPage = {
    answer: 'grant',
    devices,
    asked: [],
    tracks: [],
    wake: () => {},
    peak: 0,
  };
  (globalThis as unknown as Scope).fakeInput = state;
  let strings: { context: AudioContext; gain: GainNode } | undefined;

  /** A low A, at the peak that the test asked for. */
  function pluck(): { context: AudioContext; gain: GainNode } {
    const context = new Context();
    const gain = new GainNode(context, { gain: state.peak });
    const string = new OscillatorNode(context, { frequency: 110 });
    string.connect(gain);
    string.start();
    state.gain = gain;
    return { context, gain };
  }
  function open(device: FakeDevice): MediaStream {
    strings ??= pluck();
    const { context, gain } = strings;
    const { stream } = gain.connect(
      new MediaStreamAudioDestinationNode(context),
    ) as MediaStreamAudioDestinationNode;
    const [track] = stream.getAudioTracks();
    if (!track) throw new Error('the input has no track');
    Object.defineProperty(track, 'label', { value: device.label });
    track.getSettings = () => ({
      deviceId: device.id,
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    });
    state.tracks.push(track);
    return stream;
  }
  function wanted(constraints: MediaStreamConstraints): FakeDevice | undefined {
    const audio = constraints.audio as MediaTrackConstraints;
    const exact = (audio.deviceId as ConstrainDOMStringParameters | undefined)?.exact;
    return exact === undefined ? state.devices[0] : state.devices.find(({ id }) => id === exact);
  }

  const media = navigator.mediaDevices;
  media.getUserMedia = async (constraints = {}) => {
    state.asked.push(structuredClone(constraints));
    while (state.answer === 'wait') await new Promise<void>((resolve) => (state.wake = resolve));
    if (state.answer !== 'grant') throw new DOMException('The test says no', state.answer);
    const device = wanted(constraints);
    if (!device) throw new DOMException('No such device', 'OverconstrainedError');
    return open(device);
  };
  media.enumerateDevices = async () =>
    state.devices.map(({ id, label }) => ({
      kind: 'audioinput',
      deviceId: id,
      label,
      groupId: '',
      toJSON: () => ({}),
    }));
}

export class FakeInput {
  private constructor(private readonly page: Page) {}

  /** To be called before the page is opened. */
  static async install(
    page: Page,
    devices: readonly FakeDevice[] = [kInterface],
  ): Promise<FakeInput> {
    await page.addInitScript(install, devices);
    return new FakeInput(page);
  }

  async answer(answer: Answer): Promise<void> {
    await this.page.evaluate((to) => {
      const { fakeInput } = globalThis as unknown as Scope;
      fakeInput.answer = to;
      fakeInput.wake();
    }, answer);
  }
  /** What the app asked the browser for, question by question. */
  asked(): Promise<MediaStreamConstraints[]> {
    return this.page.evaluate(() => (globalThis as unknown as Scope).fakeInput.asked);
  }
  /** Plays at this peak from now on; `-Infinity` is a cable that is not plugged in. */
  async play(peakDb: number): Promise<void> {
    await this.page.evaluate(
      (peak) => {
        const { fakeInput } = globalThis as unknown as Scope;
        fakeInput.peak = peak;
        fakeInput.gain?.gain.cancelScheduledValues(0);
        if (fakeInput.gain) fakeInput.gain.gain.value = peak;
      },
      10 ** (peakDb / 20),
    );
  }
  /** Grows as a howl does. */
  async swell(fromDb: number, toDb: number, seconds: number): Promise<void> {
    await this.page.evaluate(
      ([from = 0, to = 0, length = 0]) => {
        const { gain, context } = (globalThis as unknown as Scope).fakeInput.gain as GainNode;
        gain.cancelScheduledValues(0);
        gain.setValueAtTime(from, context.currentTime);
        gain.exponentialRampToValueAtTime(to, context.currentTime + length);
      },
      [10 ** (fromDb / 20), 10 ** (toDb / 20), seconds],
    );
  }
  /** Pulls the plug of whatever is open. */
  async pullOut(): Promise<void> {
    await this.page.evaluate(() => {
      for (const track of (globalThis as unknown as Scope).fakeInput.tracks) {
        if (track.readyState === 'ended') continue;
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    });
  }
  /** Inputs that the app has open. */
  openCount(): Promise<number> {
    return this.page.evaluate(
      () =>
        (globalThis as unknown as Scope).fakeInput.tracks.filter(
          ({ readyState }) => readyState === 'live',
        ).length,
    );
  }
}
