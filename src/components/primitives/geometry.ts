/**
 * Dynamic lengths, set through the CSSOM. Lit's own `styleMap` writes a style attribute at first, which a
 * strict content security policy refuses.
 */
import { nothing } from 'lit';
import {
  Directive,
  type DirectiveResult,
  directive,
  type ElementPart,
  type PartInfo,
  PartType,
} from 'lit/directive.js';

class Geometry extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('geometry belongs on an element');
  }

  override render(_properties: Readonly<Record<string, string>>): unknown {
    return nothing;
  }

  override update(part: ElementPart, [properties]: [Readonly<Record<string, string>>]): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return nothing;
  }
}

/**
 * Sets CSS properties on its element.
 * @example html`<i ${geometry({ 'inline-size': '20%' })}></i>`
 */
export const geometry: (properties: Readonly<Record<string, string>>) => DirectiveResult =
  directive(Geometry);
