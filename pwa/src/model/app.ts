// SPDX-License-Identifier: MIT
// The app as a whole: which screen, which project, what sounds, what is kept.
import { ProjectDoc } from 'sonic-core/document';
import { Installing } from '../install/installing.ts';
import { Updates } from '../install/updates.ts';
import { createHint, type Hint } from '../flows/hint.ts';
import { createPlayDemo, type PlayDemo } from '../flows/play-demo.ts';
import { kRigs } from '../rigs/index.ts';
import type { Preset } from '../presets/preset.ts';
import { Presets } from '../presets/presets.ts';
import { RigChanger } from '../presets/rig-changer.ts';
import { kClipType, kRiffName, rigProject } from '../rigs/rig.ts';
import { Announcer } from './announcer.ts';
import { AudioModel } from './audio.ts';
import { Catalog } from './catalog.ts';
import { Dialogs } from './dialogs.ts';
import { Emitter } from './emitter.ts';
import { type EnginePort, type ModuleMeta, type OpenEngine, sentenceOf } from './engine-port.ts';
import { warnFailed } from './failures.ts';
import { Files } from './files.ts';
import { Health } from './health.ts';
import { Keeper } from './keeper.ts';
import { KeyMap } from './keymap.ts';
import { Levels } from './levels.ts';
import { Library, type StoredProject } from './library.ts';
import { Master } from './master.ts';
import { Microphone } from './microphone.ts';
import { MidiDoor } from './midi-door.ts';
import { narrate } from './narrator.ts';
import { Session } from './session.ts';
import { Shell } from './shell.ts';
import { followTakes } from './take-words.ts';
import { Takes } from './takes.ts';
import { TunerTap } from './tuner-tap.ts';
import { followTabs } from './two-tabs.ts';

export type Screen = 'first' | 'rack';
const kHintKey = 'sonic-core.turned-a-knob';

const localStore = (): Storage | undefined => {
  try {
    return globalThis.localStorage;
  } catch {
    // Blocked by the browser: the app works, and forgets.
    return undefined;
  }
};

export class App extends Emitter<{ change: undefined }> {
  screen: Screen = 'first';
  readonly store = localStore();
  readonly session: Session;
  readonly levels = new Levels();
  readonly shell = new Shell();
  readonly announcer = new Announcer();
  readonly keys = new KeyMap(this.store);
  readonly dialogs = new Dialogs();
  readonly library = new Library();
  readonly master = new Master(this.store);
  readonly takes = new Takes();
  readonly keeper: Keeper;
  readonly presets = new Presets(this.shell);
  readonly rigs: RigChanger;
  readonly files: Files;
  readonly midi: MidiDoor;
  readonly installing = new Installing();
  readonly updates = new Updates();
  readonly microphone: Microphone;
  readonly audio: AudioModel;
  readonly health: Health;
  readonly tuner: TunerTap;
  readonly demo: PlayDemo;
  readonly hint: Hint;
  loadShare = Number.NaN;
  dropouts = 0;
  private opening: Promise<EnginePort> | undefined;

  /** `modules`: what every engine has, known before there is one. */
  constructor(
    private readonly openEngine: OpenEngine,
    modules: readonly ModuleMeta[],
  ) {
    super();
    this.session = new Session(new Catalog(modules));
    this.keeper = new Keeper(this.session, this.library, this.shell, this.store);
    this.rigs = new RigChanger(this.session, this.presets, this.shell, this.library.assets);
    this.files = new Files(this);
    this.midi = new MidiDoor(this);
    this.microphone = new Microphone(() => this.readyToPlay(), this.levels);
    this.audio = new AudioModel(this);
    this.health = new Health(this);
    this.tuner = new TunerTap(this.session, this.master, this.microphone);
    this.demo = createPlayDemo({
      begin: () => void this.beginDemo(),
      showHint: () => this.hint.send({ type: 'show' }),
    });
    this.hint = createHint(this.store?.getItem(kHintKey) === '1', () =>
      this.store?.setItem(kHintKey, '1'),
    );
    this.listen();
    narrate(this);
    followTabs(this);
  }

  get engine(): EnginePort | undefined {
    return this.session.engine;
  }
  get isPlaying(): boolean {
    return this.engine?.playing ?? false;
  }
  get hasRiff(): boolean {
    return Object.values(this.session.json?.nodes ?? {}).some(({ type }) => type === kClipType);
  }

  private listen(): void {
    const change = () => this.emit('change', undefined);
    this.demo.subscribe(change);
    this.hint.subscribe(change);
    this.microphone.flow.subscribe((state) => {
      if (state === 'playing') this.enterRack();
      change();
    });
    this.session.on('refused', (error) => this.shell.say(sentenceOf(error)));
    this.session.on('project', () => this.shell.dropActions());
    this.session.on('removed', ({ label }) =>
      this.shell.say(`${label} removed`, { label: 'Undo', run: () => this.session.undo() }),
    );
    this.session.on('value', () => this.hint.send({ type: 'turned' }));
    followTakes(this);
    this.shell.on('change', change);
    this.master.on('change', change);
    this.takes.on('change', change);
    this.keeper.on('change', change);
    this.microphone.on('monitor', change);
    this.audio.on('change', change);
    this.installing.on('change', change);
  }

  /** The engine, opened once. The first call is inside a press. */
  ready(): Promise<EnginePort> {
    this.opening ??= this.attachEngine().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  private async attachEngine(): Promise<EnginePort> {
    const engine = await this.openEngine(this.audio.settings);
    let id: string;
    do {
      ({ id } = this.session);
      await this.keeper.supply(engine);
    } while (id !== this.session.id);
    await this.session.attach(engine);
    this.levels.attach(engine);
    this.master.attach(engine, this.levels);
    this.audio.attach(engine);
    this.health.attach(engine);
    this.watch(engine);
    this.emit('change', undefined);
    return engine;
  }

  private watch(engine: EnginePort): void {
    engine.on('load', ({ share }) => {
      this.loadShare = share;
      this.emit('change', undefined);
    });
    engine.on('underruns', ({ total }) => {
      this.dropouts = total;
      this.emit('change', undefined);
    });
    engine.on('quarantine', ({ nodeId }) =>
      this.shell.say(`${this.session.labelOf(nodeId)} gave a broken signal and was reset`),
    );
    engine.on('error', ({ code, sentence }) => {
      if (code !== 'processor') this.shell.say(sentence);
    });
  }

  /** With a project in it: the open one, the last one, or a fresh rig. */
  private async readyToPlay(): Promise<EnginePort> {
    const engine = await this.ready();
    if (this.session.doc) return engine;
    const last = await this.keeper.last();
    if (!last || !(await this.openStored(last))) await this.openNew(kRigs[0], {});
    return engine;
  }

  private async openNew(
    rig: Preset,
    options: { riffSha256?: string; name?: string },
  ): Promise<void> {
    const project = rigProject(rig, { name: rig.name, ...options });
    await this.openDoc(ProjectDoc.fromJson(project));
  }

  /** A project that came from a rig or a file. Kept from its first edit on, or at once. */
  async openDoc(doc: ProjectDoc, keep = false): Promise<void> {
    await this.takes.finish();
    await this.keeper.open(doc, Session.newId());
    if (keep) this.keeper.keepNow();
    await this.takes.show(this.session.id);
  }

  /** False when it does not open; the open one stays. No engine is needed to look at a project. */
  async openStored(project: StoredProject): Promise<boolean> {
    await this.takes.finish();
    const isOpen = await this.keeper.restore(project);
    if (isOpen) await this.takes.show(project.id);
    return isOpen;
  }

  /** Nothing is open, nothing sounds, the first screen is there. */
  async closeProject(): Promise<void> {
    this.stop();
    await this.takes.finish();
    await this.keeper.close();
    await this.takes.show('');
    this.leaveRack();
  }

  enterRack(): void {
    if (this.screen === 'rack') return;
    this.screen = 'rack';
    this.emit('change', undefined);
  }
  /** To the first screen; the project stays open behind it. */
  leaveRack(): void {
    if (this.screen === 'first') return;
    if (this.isPlaying) this.stop();
    this.screen = 'first';
    this.emit('change', undefined);
  }

  /** To the open project, the last one of this device, or a fresh rig. Called inside a press. */
  async goOn(): Promise<void> {
    await this.attempt(async () => {
      const last = this.session.doc ? undefined : await this.keeper.last();
      if (last) await this.openStored(last);
      if (!this.session.doc) await this.openNew(kRigs[0], {});
      this.enterRack();
    });
  }

  /** The first press of a visit that began with a project on screen. Called inside it. */
  startSound(): void {
    // A guitar comes in by the way that asks for it, never by itself.
    if (this.hasRiff) this.demo.send({ type: 'press' });
    else this.microphone.flow.send({ type: 'start' });
  }

  // The demo

  private async beginDemo(): Promise<void> {
    try {
      const engine = await this.ready();
      if (this.screen === 'first' || !this.session.doc) await this.openDemo(engine);
      else if (!this.hasRiff) await this.addRiff(engine);
      engine.play();
      this.enterRack();
      this.demo.send({ type: 'started' });
    } catch (error) {
      this.demo.send({ type: 'failed', sentence: sentenceOf(error) });
      this.warnFailed(error);
    }
    this.emit('change', undefined);
  }

  private async makeRiff(engine: EnginePort): Promise<string> {
    const bytes = await engine.demoRiffWav();
    return engine.addAsset(bytes, { name: kRiffName, kind: 'audio/clip' });
  }
  private async openDemo(engine: EnginePort): Promise<void> {
    await this.openNew(kRigs[0], { riffSha256: await this.makeRiff(engine), name: 'Demo' });
  }
  private async addRiff(engine: EnginePort): Promise<void> {
    const sha = await this.makeRiff(engine);
    this.session.addRiff(sha, kRiffName, kClipType);
  }

  // Transport and takes

  togglePlay(): void {
    if (!this.engine) this.startSound();
    else if (this.isPlaying) this.stop();
    else this.play();
  }
  play(): void {
    if (this.microphone.isConnected || this.hasRiff) this.engine?.play();
    else this.demo.send({ type: 'press' });
    if (this.isPlaying && this.demo.state !== 'playing') this.demo.send({ type: 'started' });
    this.emit('change', undefined);
  }
  stop(): void {
    this.engine?.stop();
    this.demo.send({ type: 'stopped' });
    this.emit('change', undefined);
  }

  async toggleRecord(): Promise<void> {
    await this.attempt(async () => {
      const engine = await this.ready();
      if (this.takes.recordingSince === undefined) {
        // Before the take: a crash must not leave one without its project.
        void this.keeper.saveNow();
        await this.takes.ended();
        this.takes.start(engine, Session.newId());
      } else await this.takes.finish();
    });
    this.emit('change', undefined);
  }

  // What went wrong

  /** Runs it; a failure becomes a sentence. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.warnFailed(error);
    }
  }
  warnFailed(error: unknown): void {
    warnFailed(this, error);
  }
}
