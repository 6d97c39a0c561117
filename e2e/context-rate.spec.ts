// SPDX-License-Identifier: MIT
// A project of 48 kHz in contexts of other rates, through the worklet itself: times and pitches hold.
import { fileURLToPath } from 'node:url';
import { serveFolder } from './support/plain-server.ts';
import { expect, test } from './support/test.ts';

const kPackage = fileURLToPath(new URL('../web/dist', import.meta.url));
const kClickSeconds = 0.5;

interface Measured {
  readonly echoSeconds: number;
  readonly toneHz: number;
  readonly savedRateHz: number | undefined;
}

/** Runs in the page: left is a click and its echo, right a tone of 1 kHz from a file of 48 kHz. */
async function measure([sampleRate = 0, clickSeconds = 0]: readonly number[]): Promise<Measured> {
  const address = './index.js';
  const { SonicEngine } = (await import(address)) as typeof import('sonic-core');
  const context = new OfflineAudioContext(2, 1.5 * sampleRate, sampleRate);
  const engine = await SonicEngine.create(context);
  const tone = Float32Array.from({ length: 96_000 }, (_, n) => 0.5 * Math.sin((Math.PI * n) / 24));
  const wav = await engine.encodeWav([tone], 48_000, 'f32');
  const audio = await engine.addAsset(wav, { name: 'tone.wav', kind: 'audio/clip' });
  await engine.load({
    format: 'sonic-core',
    version: 1,
    sampleRateHz: 48_000,
    assets: { [audio]: { name: 'tone.wav', kind: 'audio/clip' } },
    nodes: {
      in: { type: 'input' },
      delay: { type: 'delay', params: { time: 100, wow: 0, mix: 50, highCut: 16_000 } },
      left: { type: 'pan', params: { pan: -100 } },
      clip: { type: 'clip', params: { start: 2, loop: 1 }, assets: { audio } },
      right: { type: 'pan', params: { pan: 100 } },
      out: { type: 'output' },
    },
    wires: {
      a: { from: ['in', 'out'], to: ['delay', 'in'] },
      b: { from: ['delay', 'out'], to: ['left', 'in'] },
      c: { from: ['left', 'out'], to: ['out', 'in'] },
      d: { from: ['clip', 'out'], to: ['right', 'in'] },
      e: { from: ['right', 'out'], to: ['out', 'in'] },
    },
  });
  const click = new AudioBuffer({ length: 1, sampleRate });
  click.copyToChannel(Float32Array.of(1), 0);
  const source = new AudioBufferSourceNode(context, { buffer: click });
  source.connect(engine.node).connect(context.destination);
  source.start(clickSeconds);
  engine.setMonitor(true);
  engine.setVolumeDb(0);
  const rendered = await context.startRendering();
  const savedRateHz = engine.save().sampleRateHz;
  engine.dispose();

  const [echoes, tones] = [rendered.getChannelData(0), rendered.getChannelData(1)];
  const dry = Math.round(clickSeconds * sampleRate);
  let echo = dry + 100;
  for (let n = echo; n < echoes.length; n += 1) {
    if (Math.abs(echoes[n] ?? 0) > Math.abs(echoes[echo] ?? 0)) echo = n;
  }
  const crossings: number[] = [];
  for (let n = dry; n < tones.length; n += 1) {
    const [before = 0, after = 0] = [tones[n - 1], tones[n]];
    if (before < 0 && after >= 0) crossings.push(n - after / (after - before));
  }
  const cycles = (crossings.length - 1) / ((crossings.at(-1) ?? 0) - (crossings[0] ?? 0));
  return { echoSeconds: (echo - dry) / sampleRate, toneHz: cycles * sampleRate, savedRateHz };
}

for (const rateHz of [44_100, 96_000]) {
  test(`a project of 48 kHz in a context of ${rateHz} Hz`, async ({ page }) => {
    const server = await serveFolder(kPackage);
    try {
      await page.route('**/page.html', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>-</title>' }),
      );
      await page.goto(`${server.url}page.html`);
      // An offline context may render its first frames before the plan has arrived: then once more.
      await expect(async () => {
        const { echoSeconds, toneHz, savedRateHz } = await page.evaluate(measure, [
          rateHz,
          kClickSeconds,
        ]);
        expect(echoSeconds).toBeCloseTo(0.1, 4);
        expect(toneHz).toBeCloseTo(1000, 0);
        expect(savedRateHz).toBe(48_000);
      }).toPass({ timeout: 20_000 });
    } finally {
      await server.close();
    }
  });
}
