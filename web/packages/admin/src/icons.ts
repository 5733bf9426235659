/**
 * Icons come from one sprite beside the program. Both libraries are replaced: `default` would ask a CDN, and `system`
 * (used inside the components) fetches `data:` addresses, which the server's CSP refuses.
 */
import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import spriteUrl from './assets/icons.svg';

for (const library of ['default', 'system']) {
  registerIconLibrary(library, {
    resolver: (name) => `${spriteUrl}#${name}`,
    mutator: giveSize,
    spriteSheet: true,
  });
}

/** A drawing that only refers to a sprite has no size of its own, and would take 300 by 150 px. */
function giveSize(svg: SVGElement): void {
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('width', '1em');
  svg.setAttribute('height', '1em');
}
