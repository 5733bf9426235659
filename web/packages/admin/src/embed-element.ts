/**
 * Loads the public embed script of this server, which defines `<aracari-dashboard>`: the same file that customers'
 * pages load, so what is seen here is what they get. It must not be bundled.
 */
export async function loadEmbedElement(): Promise<void> {
  const address = '/embed/embed.js';
  await import(/* @vite-ignore */ address);
  await customElements.whenDefined('aracari-dashboard');
}
