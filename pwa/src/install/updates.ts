// SPDX-License-Identifier: MIT
// The service worker seen from the page: keeps the app for use without a network, and tells when a newer one is ready.
import { Emitter } from '../model/emitter.ts';
import type { ToServiceWorker } from '../service-worker/precache.ts';

const kCheckMs = 60 * 60 * 1000;

const tell = (worker: ServiceWorker | null | undefined, message: ToServiceWorker): void =>
  worker?.postMessage(message, []);

export class Updates extends Emitter<{ change: undefined }> {
  /** Whether this device has what the first sound needs: `coming` while it is fetched. */
  kept: 'no' | 'coming' | 'yes' = 'no';
  private registration: ServiceWorkerRegistration | undefined;
  /** Another tab let the new version take over: this page is the old one. */
  private isStale = false;
  private isAsked = false;
  private checkedAtMs = 0;

  constructor(private readonly reload = () => location.reload()) {
    super();
  }

  get isReady(): boolean {
    return this.isStale || (this.registration?.waiting ?? undefined) !== undefined;
  }

  /** One was found and is being fetched. */
  get isComing(): boolean {
    return (this.registration?.installing ?? undefined) !== undefined;
  }

  /** To be called when the page has nothing better to do. */
  async start(url: URL): Promise<void> {
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (!container) return;
    let isControlled = container.controller !== null;
    container.addEventListener('controllerchange', () => {
      // The first worker of all takes the page that brought it, which is no update.
      if (isControlled) this.followTakeOver();
      isControlled = true;
    });
    try {
      // Undefined where a test's browser has workers switched off.
      this.registration =
        ((await container.register(url, { updateViaCache: 'none' })) as
          ServiceWorkerRegistration | undefined) ?? undefined;
    } catch {
      // Blocked by the browser (a private window, a setting): the app works, with a network.
      return;
    }
    if (!this.registration) return;
    this.kept = this.registration.active ? 'yes' : 'coming';
    this.watch(this.registration);
    const { active } = await container.ready;
    this.kept = 'yes';
    this.emit('change', undefined);
    tell(active, { type: 'keep-rest' });
  }

  private watch(registration: ServiceWorkerRegistration): void {
    this.checkedAtMs = Date.now();
    const follow = (worker: ServiceWorker | null) =>
      worker?.addEventListener('statechange', () => this.emit('change', undefined));
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration.installing));
    // Browsers look for a new version when a page is opened; an installed app may stay open for weeks.
    document.addEventListener('visibilitychange', () => {
      const isDue = Date.now() - this.checkedAtMs > kCheckMs;
      if (document.visibilityState === 'visible' && isDue) void this.check();
    });
    this.emit('change', undefined);
  }

  /** Looks for a new version now. False without a network. */
  async check(): Promise<boolean> {
    this.checkedAtMs = Date.now();
    try {
      await this.registration?.update();
      return this.registration !== undefined;
    } catch {
      return false;
    }
  }

  /** Runs the new version. What is to be kept has been kept before. */
  apply(): void {
    if (this.isStale) this.reload();
    else {
      this.isAsked = true;
      tell(this.registration?.waiting, { type: 'take-over' });
    }
  }

  private followTakeOver(): void {
    if (this.isAsked) this.reload();
    else {
      this.isStale = true;
      this.emit('change', undefined);
    }
  }
}
