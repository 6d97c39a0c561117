// SPDX-License-Identifier: MIT
// Every failure's banner: a plain sentence, what was kept, what to press. Nothing is sent anywhere.
import { isFull } from '../storage/file-store.ts';
import type { BannerAction, BannerContent } from '../ui/parts.ts';
import type { App } from './app.ts';
import { sentenceOf } from './engine-port.ts';

const kKept = 'Your project is saved.';
type Wording = Omit<BannerContent, 'actions' | 'tone' | 'symbol'> & Partial<BannerContent>;

/** `about` is what went wrong, for "Copy details". */
function warn(app: App, kind: string, content: Wording, about?: unknown): void {
  const copy: BannerAction = {
    label: 'Copy details',
    kind: 'quiet',
    run: () => void import('./details.ts').then(({ copyDetails }) => copyDetails(app, about)),
  };
  app.shell.warn(kind, {
    tone: 'clip',
    symbol: 'warn',
    ...content,
    actions: [copy, ...(content.actions ?? [])],
  });
}

/** An action that settles its banner. */
const action = (
  app: App,
  kind: string,
  label: string,
  run: () => void,
  isPrimary = true,
): BannerAction => ({
  label,
  ...(isPrimary ? { kind: 'primary' as const } : {}),
  run: () => {
    app.shell.settle(kind);
    run();
  },
});

export function warnFailed(app: App, error: unknown): void {
  warn(app, 'failed', wordsOf(error), error);
}

function wordsOf(error: unknown): Wording {
  if (!isSecureContext) return kInsecure;
  const name = error instanceof Error ? error.name : '';
  if (isFull(error)) {
    return {
      sentence: 'This device is out of space.',
      kept: 'What is here stays. Make room, then try again.',
    };
  }
  if (name === 'CompileError' || name === 'LinkError') {
    return {
      sentence: 'This browser does not let the page run WebAssembly, so the engine cannot start.',
      kept: 'Nothing is lost. Allow it for this page, or open the page in another browser.',
    };
  }
  if (name === 'TypeError' && /fetch|load/i.test(String(error))) {
    return {
      sentence: 'The engine could not be loaded.',
      kept: 'Nothing is lost. Check the connection, then press the button again.',
    };
  }
  return { sentence: sentenceOf(error), kept: 'Nothing is lost. You can try again.' };
}

const kInsecure: Wording = {
  sentence:
    'This page has no secure address, so the browser gives it neither sound nor microphone.',
  kept: 'Open it with https, or on the machine that serves it.',
};
export function warnInsecure(app: App): void {
  if (!isSecureContext) warn(app, 'insecure', kInsecure);
}

export function warnHowl(app: App): void {
  const { master, microphone } = app;
  master.setMuted(true);
  app.shell.warn('howl', {
    tone: 'clip',
    symbol: 'mute',
    sentence: 'This was about to howl, so the output is muted.',
    kept: 'The microphone hears the loudspeakers. Use headphones, or turn the volume down.',
    actions: [
      action(app, 'howl', 'Unmute', () => master.setMuted(false), false),
      action(app, 'howl', 'Stop monitoring', () => {
        microphone.flow.send({ type: 'confirm', headphones: false });
        master.setMuted(false);
      }),
    ],
  });
}

export function warnUnplugged(app: App, label: string): void {
  const device = label || 'The audio interface';
  const { flow } = app.microphone;
  const other = flow.context.devices.find((one) => one.label !== label);
  app.stop();
  warn(app, 'unplugged', {
    symbol: 'unplugged',
    sentence: `${device} was unplugged. Sound is paused.`,
    kept: `${kKept} Plug it in again, or go on with another device.`,
    actions: [
      action(app, 'unplugged', 'Choose device', () => flow.send({ type: 'start' }), !other),
      ...(other
        ? [
            action(app, 'unplugged', `Use ${other.label}`, () => {
              flow.send({ type: 'start' });
              flow.send({ type: 'ask', deviceId: other.id });
            }),
          ]
        : []),
    ],
  });
}

/** The loudspeaker or headphones that were chosen are gone; the system's own output goes on. */
export function warnOutputGone(app: App): void {
  warn(app, 'output', {
    symbol: 'unplugged',
    tone: 'hot',
    sentence: 'The chosen output was unplugged. Sound goes to the system’s own output.',
    kept: kKept,
    actions: [action(app, 'output', 'Choose device', () => app.dialogs.open('settings', 'audio'))],
  });
}

/** By a call, another app, or the system when it saves power. */
export function warnPaused(app: App): void {
  warn(app, 'paused', {
    tone: 'hot',
    sentence: 'The system paused the sound.',
    kept: `${kKept} It goes on when you press the button.`,
    actions: [
      action(app, 'paused', 'Go on', () => void app.attempt(async () => app.audio.port?.resume())),
    ],
  });
}

export function warnOffPitch(app: App): void {
  warn(app, 'rate', {
    tone: 'hot',
    sentence: 'The device changed its sample rate, so everything sounds off pitch.',
    kept: kKept,
    actions: [
      action(
        app,
        'rate',
        'Start sound again',
        () => void app.attempt(() => app.audio.restart({ rateHz: 0 })),
      ),
    ],
  });
}

export function warnProcessor(app: App, error: unknown): void {
  const isRecording = app.takes.recordingSince !== undefined;
  warn(
    app,
    'processor',
    {
      sentence: 'The sound stopped with an error.',
      kept: isRecording ? `${kKept} The take is kept up to here.` : kKept,
      actions: [
        action(
          app,
          'processor',
          'Start sound again',
          () =>
            void app.attempt(async () => {
              if (isRecording) await app.toggleRecord();
              await app.audio.restart();
            }),
        ),
      ],
    },
    error,
  );
}

export function tellWorker(app: App, isAlive: boolean): void {
  if (isAlive) {
    warn(app, 'worker', {
      tone: 'plain',
      sentence: 'A helper in the background stopped and was started again.',
      kept: 'The sound goes on, and nothing is lost.',
    });
    return;
  }
  warn(app, 'worker', {
    sentence: 'The helper in the background stops again and again, so files cannot be loaded.',
    kept: `The sound goes on. ${kKept}`,
    actions: [action(app, 'worker', 'Reload the page', () => location.reload())],
  });
}

/** Private windows of some browsers keep nothing. */
export function warnNothingKept(app: App): void {
  warn(app, 'storage', {
    tone: 'hot',
    sentence: 'This browser keeps nothing for this page, as in a private window.',
    kept: 'You can play and record. Download the project before you close the page.',
    actions: [
      {
        label: 'Download project',
        kind: 'primary',
        run: () => void app.attempt(async () => app.files.saveProject()),
      },
    ],
  });
}
