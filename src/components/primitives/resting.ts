/**
 * The text of a field that is read only when its user is done with it. What is being typed is in nobody's state
 * yet, so a form that is drawn meanwhile must leave it alone: else it would be lost without a word.
 */
import { noChange } from 'lit';
import { Directive, type DirectiveResult, directive, type PropertyPart } from 'lit/directive.js';
import { setCommittedValue } from 'lit/directive-helpers.js';

class Resting extends Directive {
  #input: HTMLInputElement | undefined;
  #drawn = '';
  #typing = false;

  render(value: string): string {
    return value;
  }

  override update(part: PropertyPart, [value]: [string]): unknown {
    const input = part.element as HTMLInputElement;
    this.#follow(input);
    if (this.#typing && value === this.#drawn) return noChange;
    this.#typing = false;
    this.#drawn = value;
    if (value === input.value) return noChange;
    setCommittedValue(part);
    return value;
  }

  #follow(input: HTMLInputElement): void {
    if (this.#input === input) return;
    this.#input = input;
    input.addEventListener('input', () => {
      this.#typing = true;
    });
    input.addEventListener('change', () => {
      this.#typing = false;
    });
  }
}

/** Shows a text whenever it is another one, or nobody is typing. For `.value` of an input. */
export const resting: (value: string) => DirectiveResult = directive(Resting);
