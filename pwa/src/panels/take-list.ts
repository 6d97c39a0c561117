// SPDX-License-Identifier: MIT
// <sc-takes>: the takes of the project, and the one that is being recorded.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { bytesText, timeText } from '../format/room.ts';
import { isClipped, peakText } from '../format/peak.ts';
import type { App } from '../model/app.ts';
import { secondsOf } from '../model/take-player.ts';
import { takeLength } from '../model/takes.ts';
import type { TakeRecord } from '../storage/take-store.ts';
import { Panel } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { iconButton } from '../ui/parts.ts';
import type { ScWaveform, WaveSeek } from '../ui/waveform.ts';
import { openTakeMenu } from './take-menu.ts';
import './recording.ts';
import '../ui/waveform.ts';

export class ScTakes extends Panel {
  static override properties = { app: { attribute: false }, renaming: { state: true } };
  declare app: App;
  /** The take whose name is a field now. */
  declare renaming: string | undefined;
  private stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = [
      this.app.on('change', () => this.requestUpdate()),
      this.app.session.on('project', () => (this.renaming = undefined)),
    ];
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { takes } = this.app;
    for (const wave of this.querySelectorAll<ScWaveform>('.take sc-waveform')) {
      const take = takes.list.find(({ id }) => id === wave.dataset['take']);
      if (!take) continue;
      wave.position = () => takes.player.secondsIn(take);
      const isPlaying = takes.playingId === take.id;
      const label = `Position in ${take.name}`;
      wave.showTake(label, takes.outline(take), secondsOf(take), isPlaying);
    }
    if (changed.has('renaming') && this.renaming !== undefined) {
      this.querySelector<HTMLInputElement>('.take-name input')?.select();
    }
  }

  private toggle(take: TakeRecord): void {
    const { app } = this;
    void app.attempt(async () => app.takes.toggle(await app.ready(), take));
  }

  private discard(take: TakeRecord): void {
    const { app } = this;
    const { list } = app.takes;
    const at = list.indexOf(take);
    const next = list[at - 1] ?? list[at + 1];
    void app.attempt(() => app.takes.remove(take));
    void this.updateComplete.then(() => this.focusOn(next?.id, '.take-play'));
    app.shell.say(`${take.name} removed`, {
      label: 'Undo',
      outlastsEdits: true,
      run: () => {
        void app.attempt(() => app.takes.restore(take));
        void this.updateComplete.then(() => this.focusOn(take.id, '.take-play'));
      },
    });
  }

  /** The list itself where there is no such take any more. */
  private focusOn(id: string | undefined, part: string): void {
    const row = id === undefined ? undefined : `.take[data-take="${CSS.escape(id)}"] ${part}`;
    const found = row && this.querySelector<HTMLElement>(row);
    (found || this.querySelector<HTMLElement>('.takes-head'))?.focus();
  }

  private endRename(take: TakeRecord, name: string | undefined): void {
    if (this.renaming !== take.id) return;
    const hadFocus = this.contains(document.activeElement);
    this.renaming = undefined;
    if (name !== undefined) void this.app.attempt(() => this.app.takes.rename(take, name));
    if (hadFocus) void this.updateComplete.then(() => this.focusOn(take.id, '.take-play'));
  }

  private readonly key = (event: KeyboardEvent, take: TakeRecord): void => {
    if ((event.target as Element).closest('input')) return;
    if (event.key === 'F2') this.renaming = take.id;
    else if (event.key === 'Delete') this.discard(take);
    else if (event.key === 'Enter' && (event.target as Element).localName === 'sc-waveform')
      this.toggle(take);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private name(take: TakeRecord): TemplateResult {
    if (this.renaming !== take.id) {
      return html`<span
        class="take-name"
        title=${take.name}
        @dblclick=${() => (this.renaming = take.id)}
        >${take.name}</span
      >`;
    }
    return html`<span class="take-name field"
      ><input
        aria-label="Name of the take"
        maxlength="80"
        .value=${take.name}
        @keydown=${(event: KeyboardEvent) => {
          event.stopPropagation();
          const input = event.currentTarget as HTMLInputElement;
          if (event.key === 'Enter') this.endRename(take, input.value);
          else if (event.key === 'Escape') {
            event.preventDefault();
            this.endRename(take, undefined);
          }
        }}
        @blur=${(event: Event) => this.endRename(take, (event.currentTarget as HTMLInputElement).value)}
    /></span>`;
  }

  private facts(take: TakeRecord): TemplateResult {
    const download = this.app.takes.downloads.of(take);
    if (download) {
      const percent = Math.round(100 * download.share);
      return html`<div class="take-facts">
        <progress
          max="100"
          .value=${percent}
          aria-label=${`Making the file of ${take.name}`}
        ></progress>
        <span class="number">${percent} %</span>
        ${iconButton('close', 'Stop making the file', download.cancel, { size: 12 })}
      </div>`;
    }
    const isHot = take.wetPeak > 1;
    return html`<div class="take-facts">
      <span class="number ${isHot ? 'over' : ''}" title="Highest level of the take"
        ><span class="visually-hidden">Highest level </span>${peakText(take.wetPeak)}</span
      >
      ${
        isClipped(take.dryPeak)
          ? html`<span class="over" title="The input was at its end: turn its gain down"
              >Input clipped</span
            >`
          : nothing
      }
    </div>`;
  }

  private row(take: TakeRecord): TemplateResult {
    const { takes } = this.app;
    const isPlaying = takes.playingId === take.id;
    return html`<li
      class="take"
      data-take=${take.id}
      @keydown=${(event: KeyboardEvent) => this.key(event, take)}
    >
      <div class="take-line">
        <button
          class="icon-button take-play ${isPlaying ? 'sounding' : ''}"
          aria-label=${isPlaying ? `Stop ${take.name}` : `Play ${take.name}`}
          @click=${() => this.toggle(take)}
        >
          ${icon(isPlaying ? 'stop' : 'play', 14)}
        </button>
        ${this.name(take)}<span class="fact number">${takeLength(take)}</span>
        ${iconButton(
          'more',
          `${take.name} menu`,
          (event) =>
            openTakeMenu(this.app, take, event.currentTarget as HTMLElement, {
              rename: () => (this.renaming = take.id),
              remove: () => this.discard(take),
            }),
          { popup: true },
        )}
      </div>
      <sc-waveform
        data-take=${take.id}
        @sc-seek=${(event: CustomEvent<WaveSeek>) => takes.player.seek(take, event.detail.seconds)}
      ></sc-waveform>
      ${this.facts(take)}
    </li>`;
  }

  /** How long the next one can be. */
  private get room(): string {
    const { engine, takes } = this.app;
    const free = bytesText(takes.room.freeBytes);
    if (takes.recorder) return `${free} free`;
    const longest = timeText(engine ? takes.room.secondsLeft(engine.sampleRateHz) : Number.NaN);
    return `Room for ${longest}, ${free} free`;
  }

  override render() {
    const { takes } = this.app;
    return html`<h2 class="list-head takes-head" tabindex="-1">
        <span>Takes</span><span>${takes.list.length || nothing}</span>
      </h2>
      ${takes.recorder ? html`<sc-recording .app=${this.app}></sc-recording>` : nothing}
      ${
        takes.list.length || takes.recorder
          ? html`<ul class="takes" aria-label="Takes">
              ${takes.list.toReversed().map((take) => this.row(take))}
            </ul>`
          : html`<div class="empty">
              <div class="strong">No take yet</div>
              <div class="small soft">Press the red button and play.</div>
            </div>`
      }
      ${
        takes.isLoose
          ? html`<p class="small warn-note">
              This browser keeps no takes. Download them before you close the page.
            </p>`
          : html`<p class="small quiet room">${this.room}</p>`
      }`;
  }
}
customElements.define('sc-takes', ScTakes);
