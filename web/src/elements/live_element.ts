/**
 * The base of all elements: properties that are watched, and a drawing by lit-html after they have changed. Lit's own base does the same and more, for
 * two kilobytes that everyone who loads an element would pay.
 */
import { render } from 'lit-html';

const sheets = new Map<string, CSSStyleSheet>();

/** The element's styles from now on. */
export function adopt(root: ParentNode, styles: readonly string[]): void {
  (root as ShadowRoot).adoptedStyleSheets = styles.map((text) => {
    let sheet = sheets.get(text);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      sheets.set(text, sheet);
    }
    return sheet;
  });
}

/** Properties that have another value since the last drawing, with what they had then. */
export type Changed = ReadonlyMap<string, unknown>;

// There is none on a server, where importing is harmless and nothing is drawn.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

export abstract class LiveElement extends Base {
  /** The names of what is watched, and whether an attribute (of the same name in lower case) says it, too. */
  static readonly watched: Readonly<Record<string, boolean>> = {};
  static readonly styles: readonly string[] = [];

  /** Asked for once, when the element is defined. */
  static get observedAttributes(): string[] {
    for (const name of Object.keys(this.watched)) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        get(this: LiveElement) {
          return this.#values.get(name);
        },
        set(this: LiveElement, value: unknown) {
          const before = this.#values.get(name);
          if (Object.is(value, before)) return;
          this.#values.set(name, value);
          if (!this.#changed.has(name)) this.#changed.set(name, before);
          this.requestUpdate();
        },
      });
    }
    return Object.entries(this.watched).flatMap(([name, isAttribute]) => (isAttribute ? [name.toLowerCase()] : []));
  }

  readonly renderRoot: ShadowRoot;
  readonly #values = new Map<string, unknown>();
  #changed = new Map<string, unknown>();
  /** Set before the element was defined: they hide what watches them, and its own first values would follow. */
  readonly #early: [string, unknown][] = [];
  #isWaiting = false;
  #wasConnected = false;
  #drawing: Promise<boolean> = Promise.resolve(true);

  constructor() {
    super();
    const { watched, styles } = this.constructor as typeof LiveElement;
    this.renderRoot = this.attachShadow({ mode: 'open' });
    adopt(this.renderRoot, styles);
    for (const name of Object.keys(watched)) {
      if (!Object.hasOwn(this, name)) continue;
      this.#early.push([name, this[name as keyof this]]);
      delete this[name as keyof this];
    }
  }

  connectedCallback(): void {
    this.#wasConnected = true;
    if (this.#isWaiting) this.#schedule();
  }

  disconnectedCallback(): void {}

  attributeChangedCallback(attribute: string, _before: string | null, value: string | null): void {
    const name = Object.keys((this.constructor as typeof LiveElement).watched).find((one) => one.toLowerCase() === attribute);
    if (name) Object.assign(this, { [name]: value ?? '' });
  }

  /** Draws soon: after what runs now, and not before the element is in a page. */
  requestUpdate(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    if (this.#wasConnected) this.#schedule();
  }

  /** When what was changed is drawn: true, unless the drawing has changed something again. */
  get updateComplete(): Promise<boolean> {
    return this.#drawing;
  }

  #schedule(): void {
    this.#drawing = Promise.resolve().then(() => {
      Object.assign(this, Object.fromEntries(this.#early.splice(0)));
      try {
        this.willUpdate(this.#changed);
        render(this.render(), this.renderRoot);
      } finally {
        this.#changed = new Map();
        this.#isWaiting = false;
      }
      this.updated();
      return !this.#isWaiting;
    });
  }

  /** Before the drawing; what it changes is drawn with the rest. */
  protected willUpdate(_changed: Changed): void {}
  protected abstract render(): unknown;
  protected updated(): void {}
}
