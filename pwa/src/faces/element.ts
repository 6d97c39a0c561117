// SPDX-License-Identifier: MIT
// <sc-face>: the well that a module's face is drawn in. Redrawn when a knob of the module moves; what moves with the sound
// is painted over it, as long as it is in view.
import { html, nothing, render } from 'lit';
import { formatValue } from '../format/units.ts';
import { paramOf } from '../model/catalog.ts';
import type { App } from '../model/app.ts';
import { peakDb } from '../model/levels.ts';
import { turn } from '../ui/turns.ts';
import { onColours } from '../ui/theme-watch.ts';
import { Brush } from './brush.ts';
import { faceOf } from './faces.ts';
import type { FaceView } from './face.ts';
import { fileResponse } from './file-response.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sc-face': ScFace;
  }
}
/** One computation per file. */
const responses = new WeakMap<Uint8Array, ReturnType<typeof fileResponse>>();

export class ScFace extends HTMLElement {
  private owner: App | undefined;
  private id_ = '';
  private width = 0;
  private height = 0;
  private stops: (() => void)[] = [];
  private brush: Brush | undefined;
  private isInView = true;
  private isStale = false;
  private isWaiting = false;
  private readonly viewObserver = new IntersectionObserver((entries) => {
    this.isInView = entries.at(-1)?.isIntersecting ?? true;
    if (!this.isInView) return;
    if (this.isStale) this.drawSoon();
    else this.paint();
  });
  private readonly observer = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry?.contentRect.width ?? 0);
    this.height = Math.round(entry?.contentRect.height ?? 0);
    this.drawSoon();
  });

  set app(app: App) {
    this.owner = app;
  }
  set nodeId(id: string) {
    if (id === this.id_) return;
    this.id_ = id;
    this.drawSoon();
  }

  connectedCallback(): void {
    this.setAttribute('aria-hidden', 'true');
    this.observer.observe(this);
    this.viewObserver.observe(this);
    const { owner } = this;
    if (!owner) return;
    this.stops = [
      owner.session.on('value', ({ nodeId }) => nodeId === this.id_ && this.draw()),
      owner.session.on('project', () => this.drawSoon()),
      owner.levels.onDraw(() => this.isInView && this.paint()),
      onColours(() => this.drawSoon()),
    ];
  }
  disconnectedCallback(): void {
    this.observer.disconnect();
    this.viewObserver.disconnect();
    for (const stop of this.stops) stop();
  }

  private view(app: App): FaceView {
    const { session, levels } = app;
    const id = this.id_;
    const meta = session.meta(id);
    const previous = session.chain.nodes[session.chain.nodes.indexOf(id) - 1];
    const before = previous === undefined ? session.sources : [previous];
    const param = (paramId: string) => paramOf(meta, paramId);
    const value = (paramId: string, fallback = 0) => {
      const row = param(paramId);
      return row ? session.value(id, row) : fallback;
    };
    const node = session.node(id);
    return {
      width: this.width,
      height: this.height,
      isSmall: this.hasAttribute('small'),
      meta,
      tempoBpm: session.json?.transport?.tempoBpm ?? 120,
      value,
      text: (paramId) => {
        const row = param(paramId);
        return row ? formatValue(session.value(id, row), row) : '';
      },
      choice: (paramId) => param(paramId)?.choices?.[Math.round(value(paramId))] ?? '',
      reading: (readingId) => levels.reading(id, readingId),
      get trailIn() {
        return levels.trail(before);
      },
      get trailOut() {
        return levels.trail([id]);
      },
      inDb: Math.max(...before.map((source) => peakDb(levels.shown(source)))),
      outDb: peakDb(levels.shown(id)),
      fileResponse: () => {
        const bytes = session.engine?.asset(Object.values(node?.assets ?? {})[0] ?? '');
        if (!bytes) return undefined;
        if (!responses.has(bytes)) responses.set(bytes, fileResponse(bytes));
        return responses.get(bytes);
      },
    };
  }

  /** Many faces are drawn at once when a project opens or the window grows. */
  private drawSoon(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    void turn().then(() => {
      this.isWaiting = false;
      if (this.isConnected) this.draw();
    });
  }

  private draw(): void {
    const { owner, width, height } = this;
    if (!owner || width < 8 || height < 8 || !owner.session.node(this.id_)) return;
    // Out of view it is drawn when it comes in: a project may have a hundred of them.
    this.isStale = !this.isInView;
    if (this.isStale) return;
    const view = this.view(owner);
    const face = faceOf(view.meta.id);
    const drawing = face.draw(view);
    if (face.paint) this.brush ??= new Brush();
    this.brush?.forgetInks();
    render(
      html`${
        drawing === nothing
          ? nothing
          : html`<svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" fill="none">
              ${drawing}
            </svg>`
      }${face.paint ? this.brush?.canvas : nothing}`,
      this,
    );
    this.paint();
  }

  private paint(): void {
    const { owner, width, height, brush } = this;
    const type = owner?.session.node(this.id_)?.type;
    if (!owner || type === undefined || !brush?.canvas.isConnected || width < 8 || height < 8)
      return;
    const face = faceOf(type);
    if (!face.paint) return;
    const view = this.view(owner);
    if (brush.begin(view)) face.paint(view, brush);
  }
}
customElements.define('sc-face', ScFace);
