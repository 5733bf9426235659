// Lets node run modules of web/ as they are written: an import of './x.js' whose file is './x.ts' finds it.
// For `node --import`.

import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (!/^\.{1,2}\/.*\.js$/.test(specifier)) return next(specifier, context);
    try {
      return next(specifier, context);
    } catch (failure) {
      if (failure.code !== 'ERR_MODULE_NOT_FOUND') throw failure;
      return next(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});
