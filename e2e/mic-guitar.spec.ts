// SPDX-License-Identifier: MIT
// The main job on real input: a guitar into the page's microphone, through the rig, recorded; and the same project
// rendered without a browser gives the same sound.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { launchWithMicrophone } from './support/browser.ts';
import { find, guitarTake } from './support/signals.ts';
import { expect, test } from './support/test.ts';
import { decodeWav, writeWav16, type Wav } from './support/wav.ts';
import { storedEntries } from './support/zip.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const kChunk = 441; // the fake device's own: 10 ms
const kOneLsb = 1 / 32_768;

interface Renderer {
  renderOffline(
    project: string,
    options: {
      inputs: Float32Array[];
      sampleRateHz: number;
      assets: Map<string, Uint8Array>;
      onBlock(block: { frame: number; channels: [Float32Array, Float32Array] }): void;
    },
  ): Promise<void>;
}

/** Presses what a player presses until the guitar is heard. */
async function plugIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Plug in' }).click();
  await page.getByRole('button', { name: 'Allow the microphone' }).click();
  await page.getByRole('button', { name: 'Continue' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Headphones or interface' }).click();
  await expect(page.getByRole('dialog', { name: 'Plug in' })).toBeHidden();
}

async function download(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await press();
  return readFileSync(await (await started).path());
}

async function takePart(page: Page, part: 'wet' | 'dry'): Promise<Wav> {
  const bytes = await download(page, async () => {
    await page.getByRole('button', { name: 'Take 1 menu' }).click();
    const items = page.getByRole('menuitem', { name: '32 bit float' });
    await items.nth(part === 'wet' ? 0 : 1).click();
  });
  return decodeWav(bytes);
}

/** Share of the WAV's 10 ms chunks that stand in the recording to 1 LSB. The device drops some under load. */
function exactShare(wav: Float32Array, recording: Float32Array, from: number): number {
  const equals = (at: number, chunk: Float32Array): boolean =>
    chunk.every((value, i) => Math.abs((recording[at + i] ?? 9) - value) <= kOneLsb);
  let offset = from;
  let exact = 0;
  let count = 0;
  for (
    let at = 0;
    at + kChunk <= wav.length && offset + at + kChunk <= recording.length;
    at += kChunk
  ) {
    const chunk = wav.subarray(at, at + kChunk);
    count += 1;
    if (equals(offset + at, chunk)) {
      exact += 1;
      continue;
    }
    // After a dropped piece the rest comes earlier or later by it.
    const around = Math.max(0, offset + at - 4410);
    const again = find(
      wav.subarray(at + kChunk, at + 5 * kChunk),
      recording.subarray(around, around + 13_230),
    );
    if (again !== undefined) offset = around + again - (at + kChunk);
  }
  expect(count).toBeGreaterThan(300);
  return exact / count;
}

async function recordsWhatItPlays(
  baseURL: string,
  file: string,
  wav: Float32Array,
  quantum: number,
): Promise<void> {
  const browser = await launchWithMicrophone(file);
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
    });
    await page.addInitScript((renderSizeHint) => {
      const Native = AudioContext;
      globalThis.AudioContext = class extends Native {
        constructor(options: AudioContextOptions = {}) {
          super({ ...options, renderSizeHint } as AudioContextOptions);
          (globalThis as { context?: AudioContext }).context = this;
        }
      };
    }, quantum);
    await page.goto(baseURL);
    await plugIn(page);
    const got = await page.evaluate(() => {
      const { context } = globalThis as unknown as {
        context: AudioContext & { renderQuantumSize?: number };
      };
      return { quantum: context.renderQuantumSize, rate: context.sampleRate };
    });
    expect(got).toEqual({ quantum, rate: 44_100 });

    await page.getByRole('button', { name: 'Record a take' }).click();
    await page.waitForTimeout(9000);
    await page.getByRole('button', { name: 'Stop recording' }).click();
    await expect(page.getByRole('button', { name: 'Take 1 menu' })).toBeVisible();

    const dry = await takePart(page, 'dry');
    const wet = await takePart(page, 'wet');
    const project = storedEntries(
      await download(page, async () => {
        await page
          .getByRole('button', { name: /guitar|untitled|project|demo|crunch/i })
          .first()
          .click();
        await page.getByRole('button', { name: 'Download project' }).click();
      }),
    );

    // (a) What went in is what was recorded.
    const left = dry.channels[0] ?? new Float32Array(0);
    expect(left.length).toBeGreaterThan(44_100 * 8);
    const mark = wav.subarray(kChunk * 100, kChunk * 700);
    const at = find(mark.subarray(0, 44_100), left) ?? find(mark.subarray(44_100, 88_200), left);
    expect(at, 'the guitar is in the recording').toBeDefined();
    const from = find(mark.subarray(0, 44_100), left) ?? (at ?? 0) - 44_100;
    expect(
      exactShare(mark.subarray(Math.max(0, -from)), left, Math.max(0, from)),
    ).toBeGreaterThanOrEqual(0.99);

    // (b) The same project, rendered offline from the dry part, gives what was heard.
    const assets = new Map<string, Uint8Array>();
    for (const [name, bytes] of project) {
      if (name.startsWith('assets/')) assets.set(name.slice(7), new Uint8Array(bytes));
    }
    const { renderOffline } = (await import(
      pathToFileURL(path.join(root, 'web/dist/index.js')).href
    )) as Renderer;
    let error = 0;
    let signal = 0;
    await renderOffline(project.get('project.json')?.toString('utf8') ?? '', {
      inputs: dry.channels,
      sampleRateHz: dry.sampleRateHz,
      assets,
      onBlock({ frame, channels }) {
        channels.forEach((channel, c) => {
          channel.forEach((value, i) => {
            const heard = wet.channels[c]?.[frame + i] ?? 0;
            error += (value - heard) ** 2;
            signal += heard ** 2;
          });
        });
      },
    });
    expect(signal, 'the take is not silent').toBeGreaterThan(1);
    expect(10 * Math.log10(error / signal + 1e-30)).toBeLessThanOrEqual(-120);
  } finally {
    await browser.close();
  }
}

for (const quantum of [128, 32]) {
  test(`guitar: a take at quantum ${quantum} equals its render`, async ({ baseURL }, testInfo) => {
    test.setTimeout(120_000);
    const wav = guitarTake(20);
    const file = writeWav16(testInfo.outputPath('guitar.wav'), wav);
    await recordsWhatItPlays(baseURL ?? '', file, wav, quantum);
  });
}
