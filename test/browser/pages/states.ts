/**
 * Any state of any element, as the address or a test says: `?tag=lot-register&state=empty-filtered&theme=dark
 * &dir=rtl&density=compact&lang=it`. The look changes in place; the element stays as it is.
 */
import { allIn, textOf } from '../../../src/testing/dom.ts';
import { controlStates, elementStates, stateOf } from '../../states/index.ts';
import { type Mounted, mount } from '../../states/stage.ts';

const page = document.documentElement;
const into = document.querySelector('#stage') as HTMLElement;
let mounted: Mounted | undefined;

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.violatedDirective} ${event.sample} ${event.sourceFile}`);
});

/** How everything looks: none of it is the element's own business but its density. */
interface Look {
  readonly theme?: string;
  readonly dir?: string;
  readonly lang?: string;
  readonly density?: string;
}

async function look({ theme = 'light', dir = 'ltr', lang = 'en', density = '' }: Look): Promise<void> {
  page.dataset.theme = theme;
  page.dir = dir;
  page.lang = lang;
  const element = mounted?.stage.element;
  if (element === undefined) return;
  if (density) element.setAttribute('density', density);
  else element.removeAttribute('density');
  await new Promise((heard) => setTimeout(heard));
  await element.updateComplete;
  await new Promise((drawn) => requestAnimationFrame(drawn));
}

async function show(tag: string, name: string): Promise<boolean> {
  await mounted?.remove();
  mounted = undefined;
  mounted = await mount(into, tag, stateOf(tag, name));
  return true;
}

/** Elements with an attribute that are on the screen: what is closed may wait for what it refers to. */
const drawn = (element: Element, name: string): Element[] =>
  allIn(element, `[${name}]`).filter((each) => each.checkVisibility());

/** References by id that lead nowhere in their own root. */
function lost(): string[] {
  const names = [
    'aria-labelledby',
    'aria-describedby',
    'aria-controls',
    'aria-activedescendant',
    'for',
    'popovertarget',
  ];
  const element = mounted?.stage.element;
  if (element === undefined) return [];
  return names.flatMap((name) =>
    drawn(element, name).flatMap((each) => {
      const root = each.getRootNode() as Document | ShadowRoot;
      const ids = (each.getAttribute(name) ?? '').split(/\s+/).filter(Boolean);
      return ids
        .filter((id) => root.getElementById(id) === null)
        .map((id) => `${each.localName} ${name}=${id}`);
    }),
  );
}

Object.assign(window, {
  tests: {
    list: () =>
      [...elementStates, ...controlStates].map(({ tag, main, states }) => ({
        tag,
        main,
        states: states.map(({ name }) => name),
      })),
    show,
    look,
    lost,
    /** Waits until it says the same for a while: what is counted in the background has come. */
    still: async () => {
      let said = '';
      for (let same = 0; same < 5; ) {
        await new Promise((later) => setTimeout(later, 30));
        const now = textOf(mounted?.stage.element.shadowRoot?.querySelector('.lot') ?? undefined);
        same = now === said ? same + 1 : 0;
        said = now;
      }
    },
    /** Whether what the state promises is on the screen. */
    holds: (tag: string, name: string): string => {
      const { shows, has } = stateOf(tag, name);
      const element = mounted?.stage.element;
      if (element === undefined) return 'nothing is shown';
      const text = allIn(element, '.lot').map(textOf).join(' ');
      const said =
        shows === undefined || (typeof shows === 'string' ? text.includes(shows) : shows.test(text));
      if (!said) return `“${String(shows)}” is not in: ${text.slice(0, 400)}`;
      return has === undefined || allIn(element, has).length > 0 ? '' : `there is no ${has}`;
    },
    text: () => textOf(mounted?.stage.element.shadowRoot?.querySelector('.lot') ?? undefined),
    events: () => mounted?.events.map(({ name, plain }) => ({ name, plain })) ?? [],
    violations: () => violations,
  },
});

const ask = new URLSearchParams(location.search);
const tag = ask.get('tag');
if (tag !== null) {
  const { states } = [...elementStates, ...controlStates].find((each) => each.tag === tag) ?? { states: [] };
  await show(tag, ask.get('state') ?? states[0]?.name ?? '');
  await look(Object.fromEntries(ask));
}
page.dataset.ready = '';
