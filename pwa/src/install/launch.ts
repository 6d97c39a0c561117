// SPDX-License-Identifier: MIT
// How the app was opened: by a shortcut of its icon, by a file, by what another app shared.
import { kCommands } from '../commands/list.ts';
import type { App } from '../model/app.ts';
import { kSharedQuery, takeShared } from '../service-worker/shared.ts';

/** In the addresses of the manifest's shortcuts. */
const kStartQuery = 'start';

interface LaunchParams {
  readonly targetURL?: string;
  readonly files?: readonly { getFile(): Promise<File> }[];
}
interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

async function take(app: App, files: readonly File[]): Promise<void> {
  for (const file of files) {
    // A response goes into a cabinet: there must be a rig for it.
    if (!app.session.doc && /\.wave?$/i.test(file.name)) await app.goOn();
    await app.files.take(file);
  }
}

/** The tuner, once there is something to tune. */
function openTuner(app: App): void {
  const { microphone } = app;
  // The rack, which has the tuner's button, is drawn by the next frame.
  const open = () =>
    requestAnimationFrame(() => kCommands.find(({ id }) => id === 'tuner')?.run(app));
  if (microphone.isConnected) {
    open();
    return;
  }
  const stop = microphone.flow.subscribe((state) => {
    if (state !== 'playing' && state !== 'closed') return;
    stop();
    if (state === 'playing') open();
  });
  microphone.flow.send({ type: 'start' });
}

async function follow(app: App, address: string): Promise<void> {
  const { searchParams } = new URL(address, location.href);
  if (searchParams.has(kSharedQuery)) await take(app, await takeShared());
  switch (searchParams.get(kStartQuery)) {
    case 'demo':
      app.demo.send({ type: 'press' });
      break;
    case 'plug-in':
      app.microphone.flow.send({ type: 'start' });
      break;
    case 'tuner':
      openTuner(app);
      break;
  }
}

export function followLaunches(app: App): void {
  const first = location.href;
  void app.attempt(() => follow(app, first));
  // A reload is not a second launch.
  if (location.search) history.replaceState(null, '', location.pathname);

  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  let isFirst = true;
  launchQueue?.setConsumer(({ targetURL, files = [] }) => {
    void app.attempt(async () => {
      // The launch that opened this page is told here too.
      if (targetURL !== undefined && !(isFirst && targetURL === first))
        await follow(app, targetURL);
      isFirst = false;
      await take(app, await Promise.all(files.map((handle) => handle.getFile())));
    });
  });
}
