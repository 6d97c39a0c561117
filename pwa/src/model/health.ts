// SPDX-License-Identifier: MIT
// Watches what can break while it sounds, and says so.
import type { App } from './app.ts';
import { calmer } from '../audio/settings.ts';
import { DropoutWatch } from './dropout-watch.ts';
import type { EnginePort } from './engine-port.ts';
import {
  tellWorker,
  warnHowl,
  warnNothingKept,
  warnOffPitch,
  warnOutputGone,
  warnPaused,
  warnProcessor,
  warnUnplugged,
} from './failures.ts';
import { PitchWatch } from './pitch-watch.ts';

const kClockMs = 1000;
const kHeaviest = 2;
/** Less than this of the whole is not worth naming. */
const kLeastShare = 0.1;

export class Health {
  private readonly dropouts = new DropoutWatch();
  private readonly pitch = new PitchWatch();
  private hasRun = false;
  private isBlockedSaid = false;
  /** Node id -> estimated share of real time; empty until asked for. */
  costs: ReadonlyMap<string, number> = new Map();

  constructor(private readonly app: App) {
    const { microphone, audio } = app;
    microphone.on('howl', () => warnHowl(app));
    microphone.on('lost', ({ label }) => warnUnplugged(app, label));
    app.keeper.on('blocked', () => this.noteBlocked());
    audio.on('change', () => this.followState());
    audio.on('moved', () => {
      this.dropouts.forget();
      this.pitch.forget();
      for (const kind of ['rate', 'processor', 'paused']) app.shell.settle(kind);
    });
    globalThis.navigator?.mediaDevices?.addEventListener?.(
      'devicechange',
      () => void this.followOutputs(),
    );
  }

  attach(engine: EnginePort): void {
    const { app } = this;
    engine.on('underruns', ({ total }) => {
      const count = this.dropouts.note(total, performance.now());
      // Starting is not playing: what drops out then is not heard.
      if (app.screen !== 'rack') this.dropouts.forget(total);
      else if (count !== undefined) void this.offerCalm(count);
    });
    engine.on('worker', ({ isAlive }) => tellWorker(app, isAlive));
    engine.on('error', (error) => {
      if (error.code === 'processor') warnProcessor(app, error);
    });
    setInterval(() => this.listen(), kClockMs);
    this.followState();
  }

  /** Said once: each edit fails the same way. */
  private noteBlocked(): void {
    if (this.isBlockedSaid) return;
    this.isBlockedSaid = true;
    warnNothingKept(this.app);
  }

  private followState(): void {
    const state = this.app.audio.port?.facts.state;
    if (state === 'running') {
      this.hasRun = true;
      this.app.shell.settle('paused');
    } else if (this.hasRun && (state === 'suspended' || state === 'interrupted')) {
      this.hasRun = false;
      warnPaused(this.app);
    }
  }

  private listen(): void {
    const facts = this.app.audio.port?.facts;
    if (facts?.state !== 'running' || document.visibilityState === 'hidden') {
      this.pitch.forget();
      return;
    }
    if (this.pitch.note({ ...facts, atMs: performance.now() })) {
      this.pitch.forget();
      warnOffPitch(this.app);
    }
  }

  private async followOutputs(): Promise<void> {
    const { audio } = this.app;
    const { outputId } = audio.settings;
    await audio.listOutputs();
    if (outputId === '' || audio.outputs.some(({ id }) => id === outputId)) return;
    if (audio.outputs.length === 0 || audio.settings.outputId !== outputId) return;
    await this.app.attempt(() => audio.moveToDefaultOutput());
    warnOutputGone(this.app);
  }

  /** What costs the most, by name, the heaviest first. */
  async heaviest(): Promise<readonly { readonly label: string; readonly share: number }[]> {
    const { engine, session } = this.app;
    if (!engine) return [];
    this.costs = await engine.costs();
    return [...this.costs]
      .sort(([, a], [, b]) => b - a)
      .map(([id, share]) => ({ label: session.labelOf(id), share }));
  }

  /** Offered, never forced. */
  private async offerCalm(count: number): Promise<void> {
    const { app } = this;
    const { audio, shell } = app;
    const costs = await this.heaviest().catch(() => []);
    const whole = costs.reduce((sum, { share }) => sum + share, 0);
    const names = costs
      .filter(({ share }) => share > whole * kLeastShare)
      .slice(0, kHeaviest)
      .map(({ label }) => label);
    const blame =
      names.length > 1
        ? ` ${names.join(' and ')} cost the most (estimated).`
        : names[0]
          ? ` ${names[0]} costs the most (estimated).`
          : '';
    const next = calmer(audio.settings);
    shell.warn('dropouts', {
      tone: 'hot',
      symbol: 'warn',
      sentence: `${count} dropouts in the last minute.${blame}`,
      kept: next
        ? 'A larger latency drops out less, and answers later.'
        : 'The latency is as large as it gets. Close other programs, or switch a module off.',
      actions: next
        ? [
            { label: 'Leave it', run: () => shell.settle('dropouts') },
            {
              label: 'Use a larger latency',
              kind: 'primary',
              run: () => {
                shell.settle('dropouts');
                void app.attempt(() => audio.choose(next));
              },
            },
          ]
        : [],
    });
  }
}
