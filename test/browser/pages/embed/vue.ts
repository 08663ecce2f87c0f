/** Vue 3: a ledger in a `ref`, which Vue wraps in a proxy, bound properties, and events heard with `@`. */
import 'lotledger/define';
import type { Ledger } from 'lotledger';
import type { App, Ref } from 'vue';
import { coldChain, dairy, heard, listen, offer } from './host.ts';

interface Vue {
  createApp(component: object): App;
  ref<T>(value: T): Ref<T>;
}
const address = '/node_modules/vue/dist/vue.esm-browser.prod.js';
const { createApp, ref } = (await import(/* @vite-ignore */ address)) as Vue;

listen();
const rows = ref(2);
const ledger = ref<Ledger | undefined>(undefined);
createApp({
  setup: () => ({
    ledger,
    rows,
    extensions: ref([coldChain]),
    opened: (event: CustomEvent) => heard.push({ name: 'vue', detail: event.detail }),
  }),
  template: `
    <lot-ledger :ledger="ledger" :extensions="extensions">
      <lot-register :rows="rows" density="compact" @lot-open="opened"></lot-register>
    </lot-ledger>`,
}).mount('#app');
ledger.value = await dairy();
await offer({
  setRows: (next: number) => {
    rows.value = next;
  },
});
