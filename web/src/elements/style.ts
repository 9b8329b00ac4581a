import { type ElementPart, noChange } from 'lit-html';
import { Directive, directive } from 'lit-html/directive.js';

/** Styles that are computed, by the CSSOM: as text in an attribute (Lit's styleMap, at first) a strict style-src forbids them. */
class Style extends Directive {
  #set: Record<string, string> = {};

  override render(_styles: Readonly<Record<string, string>>): unknown {
    return noChange;
  }

  override update(part: ElementPart, [styles]: [Readonly<Record<string, string>>]): unknown {
    for (const [name, value] of Object.entries(styles)) {
      if (this.#set[name] === value) continue;
      this.#set[name] = value;
      (part.element as HTMLElement).style.setProperty(name, value);
    }
    return noChange;
  }
}

export const style = directive(Style);
