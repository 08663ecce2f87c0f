/**
 * A Vite plugin for building from folders other than `dist/`. The `sideEffects` of package.json names only
 * published files, so a bundler that works on the sources would think that nothing there may be imported
 * for its effect alone, and would drop the registration of the elements. Unused exports still go, and so does what other packages
 * declare to be free of effects.
 */
export const keepModules = () => ({
  name: 'lotledger-keep-modules',
  transform: (code, id) =>
    id.includes('/node_modules/') ? undefined : { code, map: null, moduleSideEffects: true },
});
