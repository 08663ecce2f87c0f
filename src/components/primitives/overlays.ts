/**
 * Everything that lies above the page at the moment, the lowest first: menus, popovers, lists, dialogs. Escape
 * closes the top one only, and a press of the pointer closes what it does not touch. The page is listened to
 * only while something is open.
 */

/** Why something closes. */
export type Dismissal = 'escape' | 'outside';

/** One thing that lies above the page. */
export interface Overlay {
  /** Whether a path of an event leads through it, or through what opened it. */
  readonly holds: (path: readonly EventTarget[]) => boolean;
  readonly dismiss: (why: Dismissal) => void;
  /** A press outside leaves it, and all below it, as they are. */
  readonly modal?: boolean;
}

const overlays: Overlay[] = [];

function pressKey(event: KeyboardEvent): void {
  const top = overlays.at(-1);
  if (event.key !== 'Escape' || event.isComposing || top === undefined) return;
  // Neither the native dialog below nor the host's own dialog around may close with it.
  event.preventDefault();
  event.stopImmediatePropagation();
  top.dismiss('escape');
}

function pressPointer(event: Event): void {
  const path = event.composedPath();
  for (const overlay of [...overlays].reverse()) {
    if (overlay.modal || overlay.holds(path)) return;
    overlay.dismiss('outside');
  }
}

/** Puts it on top; the answer takes it away again. */
export function stack(overlay: Overlay): () => void {
  if (overlays.length === 0) {
    window.addEventListener('keydown', pressKey, true);
    window.addEventListener('pointerdown', pressPointer, true);
  }
  overlays.push(overlay);
  return () => {
    const at = overlays.indexOf(overlay);
    if (at < 0) return;
    overlays.splice(at, 1);
    if (overlays.length > 0) return;
    window.removeEventListener('keydown', pressKey, true);
    window.removeEventListener('pointerdown', pressPointer, true);
  };
}

/** The element that has the focus, through every open shadow root. */
export function deepFocus(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

/** Whether an element lies inside another one, shadow roots included. */
export function within(element: Node | null, outer: Element): boolean {
  for (let at: Node | null = element; at !== null; ) {
    if (at === outer) return true;
    at = at.parentNode ?? (at instanceof ShadowRoot ? at.host : null);
  }
  return false;
}
