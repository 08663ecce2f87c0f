/**
 * What page objects look with: through shadow roots, at what is there for a reader, and with the events a
 * browser sends when somebody clicks or types. Works on the DOM alone, in any test runner.
 */

/** Something that looks like an element of the library to a test. */
export interface Settling extends Element {
  readonly ready?: Promise<unknown>;
  readonly settled?: Promise<unknown>;
}

/** Milliseconds a page object waits for something to come about before it gives up. */
export const PATIENCE = 20_000;

const LOOK_EVERY = 20;

/** The root, and every shadow root below it, the outer ones first. */
function* rootsIn(root: ParentNode): Generator<ParentNode> {
  yield root;
  if (root instanceof Element && root.shadowRoot) yield* rootsIn(root.shadowRoot);
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) yield* rootsIn(element.shadowRoot);
  }
}

/** All elements that match, those in shadow roots included. */
export function allIn<E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] {
  return [...rootsIn(root)].flatMap((each) => [...each.querySelectorAll<E>(selector)]);
}

/** The first element that matches and is drawn; else the first that matches. */
export function firstIn<E extends Element = HTMLElement>(root: ParentNode, selector: string): E | undefined {
  const found = allIn<E>(root, selector);
  return found.find((element) => element.getClientRects().length > 0) ?? found[0];
}

/** The same, or an error that says what is missing. */
export function needIn<E extends Element = HTMLElement>(root: ParentNode, selector: string, what: string): E {
  const found = firstIn<E>(root, selector);
  if (found === undefined) throw new Error(`There is no ${what} (${selector}).`);
  return found;
}

/** What somebody reads: the text on one line, without what stands there for screen readers alone. */
export function textOf(element: Element | undefined): string {
  if (element === undefined) return '';
  const copy = element.cloneNode(true) as Element;
  for (const hidden of copy.querySelectorAll('.sr, style, script')) hidden.remove();
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Waits until something is so. @throws Error naming it when it does not come about */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patience = PATIENCE,
): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited in vain: ${what}.`);
    await new Promise((look) => setTimeout(look, LOOK_EVERY));
  }
}

/** Waits until an element is there. */
export async function appears(root: ParentNode, selector: string, what: string): Promise<HTMLElement> {
  await until(`${what} appears`, () => firstIn(root, selector) !== undefined);
  return needIn(root, selector, what);
}

/** Resolves when the element shows what it has read and nothing is under way. */
export async function settle(element: Settling): Promise<void> {
  await element.ready;
  await element.settled;
}

/** Keys that are held while somebody clicks. */
export interface Held {
  readonly shiftKey?: boolean;
  readonly ctrlKey?: boolean;
}

const sent = (init: object): MouseEventInit => ({ bubbles: true, composed: true, cancelable: true, ...init });

/** Clicks as a mouse does: focus, press, release. */
export function click(element: HTMLElement, held: Held = {}): void {
  const init = sent({ ...held, button: 0, detail: 1 });
  element.dispatchEvent(new PointerEvent('pointerdown', init));
  element.dispatchEvent(new MouseEvent('mousedown', init));
  element.focus();
  element.dispatchEvent(new PointerEvent('pointerup', init));
  element.dispatchEvent(new MouseEvent('mouseup', init));
  if (held.shiftKey || held.ctrlKey) element.dispatchEvent(new MouseEvent('click', init));
  else element.click();
}

/** Presses a key on an element. */
export function press(element: Element, key: string, held: Held = {}): void {
  for (const type of ['keydown', 'keyup']) {
    element.dispatchEvent(new KeyboardEvent(type, { key, ...sent(held) }));
  }
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The native control of a field: the element itself, or the first inside it. */
export function controlIn(field: Element): Control {
  if (field.matches('input, select, textarea')) return field as Control;
  return needIn<Control>(field, 'input, select, textarea', 'control in the field');
}

/** Types a value, or chooses it, or ticks, and leaves the control. */
export function write(control: Control, value: string | boolean): void {
  control.focus();
  if (control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio')) {
    if (control.checked !== Boolean(value)) control.click();
    return;
  }
  control.value = String(value);
  control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText' }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}
