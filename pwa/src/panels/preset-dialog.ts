// SPDX-License-Identifier: MIT
// The name and the tags of a preset: of a rig or a module that is saved (about `save`, `module:<node id>`), or of one
// that there is already (`edit:<preset id>`).
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { kMaxNameLength, nameApart, type Preset, tagsOf } from '../presets/preset.ts';
import { DialogPanel } from '../ui/dialog.ts';
import { saveModule, saveRig } from './preset-transfer.ts';

export class ScPresetDialog extends DialogPanel {
  static override properties = {
    ...DialogPanel.properties,
    name: { state: true },
    tags: { state: true },
  };
  declare name: string;
  declare tags: string;
  private wasFocused = false;

  constructor() {
    super();
    this.name = '';
    this.tags = '';
  }
  override connectedCallback(): void {
    super.connectedCallback();
    const { edited, app } = this;
    const current = edited ?? (this.nodeId === undefined ? app.rigs.current : undefined);
    const taken = app.presets.takenNames(this.kind, this.type);
    const base = current?.name ?? this.fallbackName;
    // A factory rig keeps its name: the player's gets one of its own.
    const isOwn = current !== undefined && app.presets.isOwn(current.id);
    this.name = isOwn ? base : nameApart(base, taken);
    this.tags = (current?.tags ?? []).join(', ');
  }
  protected override updated(): void {
    super.updated();
    if (this.wasFocused) return;
    this.wasFocused = true;
    const field = this.querySelector<HTMLInputElement>('input');
    field?.focus();
    field?.select();
  }

  private get edited(): Preset | undefined {
    const { about } = this.app.dialogs;
    return about.startsWith('edit:') ? this.app.presets.get(about.slice(5)) : undefined;
  }
  private get nodeId(): string | undefined {
    const { about } = this.app.dialogs;
    return about.startsWith('module:') ? about.slice(7) : undefined;
  }
  private get kind(): Preset['kind'] {
    return this.edited?.kind ?? (this.nodeId === undefined ? 'rig' : 'module');
  }
  private get type(): string | undefined {
    const { nodeId } = this;
    return nodeId === undefined
      ? this.edited?.modules[0]?.type
      : this.app.session.node(nodeId)?.type;
  }
  private get fallbackName(): string {
    const { nodeId, app } = this;
    return nodeId === undefined ? app.session.name : app.session.labelOf(nodeId);
  }
  protected get heading(): string {
    if (this.edited) return 'Name and tags';
    return this.nodeId === undefined
      ? 'Save as a preset'
      : `Save ${this.app.session.labelOf(this.nodeId)} as a preset`;
  }
  protected override readonly className_ = 'preset-dialog';

  /** The player's other preset of that name: it can be replaced. */
  private get namesake(): Preset | undefined {
    const { app, kind, type, edited } = this;
    const name = this.name.trim();
    const same = kind === 'rig' ? app.presets.ownRigs : app.presets.ownOf(type ?? '');
    return same.find((preset) => preset.name === name && preset.id !== edited?.id);
  }

  private async save(over?: Preset): Promise<void> {
    const { app, edited, nodeId } = this;
    const tags = tagsOf(this.tags);
    // What an own preset is replaced under is its name; any other stays apart from those that there are.
    const taken = new Set(app.presets.takenNames(this.kind, this.type));
    if (edited) taken.delete(edited.name);
    const name = over ? over.name : nameApart(this.name.trim(), taken);
    const named = { ...over, name, tags };
    await app.attempt(async () => {
      if (edited) await app.presets.save({ ...edited, name, tags });
      else if (nodeId !== undefined) await saveModule(app, nodeId, named);
      else await saveRig(app, named);
      this.close();
      app.shell.say(`${name} saved`);
    });
  }

  protected body(): TemplateResult {
    const { presets } = this.app;
    const chosen = new Set(tagsOf(this.tags));
    const toggle = (tag: string) => {
      if (!chosen.delete(tag)) chosen.add(tag);
      this.tags = [...chosen].join(', ');
    };
    const { namesake } = this;
    return html`<form
      class="body"
      id="preset-form"
      @submit=${(event: Event) => {
        event.preventDefault();
        if (this.name.trim() && !namesake) void this.save();
      }}
    >
      <label class="labelled"
        ><span class="soft">Name</span
        ><span class="field"
          ><input
            autocomplete="off"
            maxlength=${kMaxNameLength}
            .value=${this.name}
            @input=${(event: Event) => (this.name = (event.target as HTMLInputElement).value)} /></span
      ></label>
      <label class="labelled"
        ><span class="soft">Tags</span
        ><span class="field"
          ><input
            autocomplete="off"
            placeholder="crunch, blues"
            .value=${this.tags}
            @input=${(event: Event) => (this.tags = (event.target as HTMLInputElement).value)} /></span
      ></label>
      ${
        this.kind === 'rig'
          ? html`<div class="pills" role="group" aria-label="Tags that there are">
              ${presets.tags.map(
                (tag) =>
                  html`<button
                    type="button"
                    class="pill press"
                    aria-pressed=${chosen.has(tag)}
                    @click=${() => toggle(tag)}
                  >
                    ${tag}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      <p class="small soft" role="status">
        ${namesake ? `There is a preset “${namesake.name}” already.` : nothing}
      </p>
    </form>`;
  }

  protected override foot(): TemplateResult {
    const { namesake, edited } = this;
    const isNamed = this.name.trim() !== '';
    return html`<div class="foot">
      <button class="button quiet-button" @click=${() => this.close()}>Cancel</button>
      ${
        namesake && !edited
          ? html`<button class="button" @click=${() => void this.save(namesake)}>
              Replace it
            </button>`
          : nothing
      }
      <button
        class="button primary"
        ?disabled=${!isNamed}
        form=${namesake ? nothing : 'preset-form'}
        @click=${namesake ? () => void this.save() : nothing}
      >
        ${namesake ? 'Keep both' : 'Save'}
      </button>
    </div>`;
  }
}
customElements.define('sc-preset-dialog', ScPresetDialog);

export const dialog = (app: App): TemplateResult =>
  html`<sc-preset-dialog .app=${app}></sc-preset-dialog>`;
