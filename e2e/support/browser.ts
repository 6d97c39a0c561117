// SPDX-License-Identifier: MIT
import { chromium, type Browser } from '@playwright/test';

/** The system's browser; none is ever downloaded. */
export const kExecutable = '/usr/bin/chromium';

/** What every test browser needs: a sandbox cannot be had as root, and nothing may call home. */
export const kBaseFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required',
];

/** A microphone that needs no hardware and whose prompt is answered with yes. */
export const kFakeDeviceFlags = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

/**
 * A browser whose microphone plays a WAV file (44.1 kHz arrives bit for bit, other rates are resampled). The file is a
 * flag of the launch: one browser per file. With `loop: false` it is followed by silence.
 */
export async function launchWithMicrophone(
  wavFile: string,
  { loop = true } = {},
): Promise<Browser> {
  if (/[\s%,]/.test(wavFile)) throw new Error(`the browser cannot take this file name: ${wavFile}`);
  return chromium.launch({
    executablePath: kExecutable,
    args: [
      ...kBaseFlags,
      ...kFakeDeviceFlags,
      `--use-file-for-fake-audio-capture=${wavFile}${loop ? '' : '%noloop'}`,
    ],
  });
}
