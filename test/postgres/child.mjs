/** Runs a module written in TypeScript as a program of its own: `node child.mjs <module> <arguments …>`. */
import { createServer, createServerModuleRunner } from 'vite';

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null, hmr: false },
  optimizeDeps: { noDiscovery: true },
});
const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
const [path, ...args] = process.argv.slice(2);
const { main } = await runner.import(path);
await main(args);
await runner.close();
await server.close();
// stdin, on which the test may still speak, would keep it running
process.exit();
