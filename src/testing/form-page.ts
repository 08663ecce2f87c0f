/**
 * A form or the view of a record as a test speaks of it: fields by their names, errors, buttons. For hosts'
 * tests and ours; stands on `data-field` and `data-action`.
 */
import {
  allIn,
  click,
  controlIn,
  firstIn,
  needIn,
  type Settling,
  settle,
  textOf,
  until,
  write,
} from './dom.ts';

/** What a test can do with a form and read from it. */
export interface FormPage {
  readonly element: HTMLElement;
  /** Names of the fields on the screen, in their order. */
  fields(): Promise<string[]>;
  /** The text in a field as it stands there, or "true" and "false" of a box to tick. */
  value(field: string): Promise<string>;
  /** Types a value as a reader of the form's language would, or ticks a box. */
  fill(field: string, value: string | boolean): Promise<void>;
  /** Types into a field with a list of candidates and takes the first one, or the one with this text. */
  pick(field: string, typed: string, label?: string): Promise<void>;
  /** The sentence under a field; empty where nothing is wrong. */
  error(field: string): Promise<string>;
  /** Every sentence of the summary of errors. */
  errors(): Promise<string[]>;
  /** Presses a button by its `data-action`. */
  press(action: string): Promise<void>;
  /** Whether a button is there, and can be pressed. */
  offers(action: string): Promise<boolean>;
  /** The texts of banners and notices. */
  notices(): Promise<string[]>;
  settled(): Promise<void>;
}

/** Finds the element: itself, by a selector, or the first of a kind below. */
export const elementIn = (root: Element | string): HTMLElement => {
  const element = typeof root === 'string' ? document.querySelector(root) : root;
  if (element instanceof HTMLElement) return element;
  throw new Error(`There is no element ${String(root)}.`);
};

/**
 * The page object of a form or of the view of a record.
 * @param root the element, or a selector of it in the document
 * @example
 * const form = formPage('lot-form');
 * await form.fill('code', 'M-2611-A');
 * await form.press('save');
 * await form.error('expiryDate'); // 'A value is required.'
 */
export function formPage(root: Element | string): FormPage {
  const element = elementIn(root);
  const settled = (): Promise<void> => settle(element as Settling);
  const field = (name: string): HTMLElement =>
    needIn(element, `[data-field="${CSS.escape(name)}"]`, `field “${name}”`);
  const button = (action: string): HTMLElement | undefined =>
    firstIn(element, `[data-action="${CSS.escape(action)}"]`);
  return {
    element,
    settled,
    async fields() {
      await settled();
      const named = allIn(element, '[data-field]').filter(
        (each) =>
          allIn(each, 'input, select, textarea').length > 0 || each.matches('input, select, textarea'),
      );
      return [...new Set(named.map(({ dataset }) => dataset.field ?? ''))];
    },
    async value(name) {
      await settled();
      const control = controlIn(field(name));
      const box = control instanceof HTMLInputElement && control.type === 'checkbox';
      return box ? String(control.checked) : control.value;
    },
    async fill(name, value) {
      await settled();
      write(controlIn(field(name)), value);
      await settled();
    },
    async pick(name, typed, label = '') {
      await settled();
      const control = controlIn(field(name));
      control.focus();
      control.value = typed;
      control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      const candidate = (): HTMLElement | undefined =>
        allIn(element, '[role="option"]').find(
          (each) => each.checkVisibility() && textOf(each).includes(label),
        );
      await until(`a candidate for “${typed}” says “${label}”`, () => candidate() !== undefined);
      const option = candidate() as HTMLElement;
      click(option);
      await settled();
    },
    async error(name) {
      await settled();
      const control = controlIn(field(name));
      if (control.getAttribute('aria-invalid') !== 'true') return '';
      const rooted = control.getRootNode() as Document | ShadowRoot;
      const ids = (control.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean);
      return ids.map((id) => textOf(rooted.getElementById(id) ?? undefined)).join(' ');
    },
    async errors() {
      await settled();
      return allIn(element, '[data-error]').map(textOf);
    },
    async press(action) {
      await settled();
      const found = button(action);
      if (found === undefined) throw new Error(`There is no button “${action}”.`);
      click(found);
      await settled();
    },
    async offers(action) {
      await settled();
      const found = button(action);
      return found !== undefined && !found.matches(':disabled, [aria-disabled="true"]');
    },
    async notices() {
      await settled();
      return allIn(element, '[part~="notice"]').map(textOf);
    },
  };
}
