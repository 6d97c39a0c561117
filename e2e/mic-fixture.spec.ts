// SPDX-License-Identifier: MIT
// The fake microphone itself: what the other microphone tests build on must arrive unchanged.
import { expect, test } from './support/test.ts';
import { launchWithMicrophone } from './support/browser.ts';
import { chirp, find, joined, pluck, silence } from './support/signals.ts';
import { writeWav16 } from './support/wav.ts';

const kRecorder = `registerProcessor('recorder', class extends AudioWorkletProcessor {
  process([input]) {
    if (input[0]) this.port.postMessage(input[0].slice());
    return true;
  }
});`;

test('a 44.1 kHz file comes out of the microphone bit for bit', async ({ baseURL }, testInfo) => {
  const riff = joined(silence(0.5), chirp(), silence(0.1), pluck(110, 0.6), pluck(146.83, 0.6));
  const browser = await launchWithMicrophone(writeWav16(testInfo.outputPath('riff.wav'), riff));
  try {
    const page = await browser.newPage();
    // Any page of a secure origin will do; this one runs nothing of the app.
    await page.route('**/blank.html', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }),
    );
    await page.goto(`${baseURL}blank.html`);
    const samples = await page.evaluate(async (processor) => {
      const context = new AudioContext({ sampleRate: 44_100, latencyHint: 0 });
      const url = URL.createObjectURL(new Blob([processor], { type: 'text/javascript' }));
      await context.audioWorklet.addModule(url);
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
      const recorder = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 });
      const blocks: number[][] = [];
      recorder.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
        blocks.push(Array.from(data));
      };
      context.createMediaStreamSource(stream).connect(recorder);
      while (blocks.length * 128 < 44_100 * 4.5) await new Promise((done) => setTimeout(done, 50));
      await context.close();
      return blocks.flat();
    }, kRecorder);

    const recording = Float32Array.from(samples);
    const mark = riff.subarray(22_050);
    const at = find(mark, recording);
    expect(at, 'the mark is in the recording').toBeDefined();
    // The fake device drops a chunk now and then on a busy machine: most 10 ms chunks must be exact.
    const chunk = 441;
    let exact = 0;
    const count = Math.floor(mark.length / chunk);
    for (let n = 0; n < count; n += 1) {
      const isExact = mark
        .subarray(n * chunk, (n + 1) * chunk)
        .every(
          (value, i) => Math.abs((recording[(at ?? 0) + n * chunk + i] ?? 9) - value) <= 1 / 32_768,
        );
      if (isExact) exact += 1;
    }
    expect(exact / count).toBeGreaterThanOrEqual(0.9);
  } finally {
    await browser.close();
  }
});
