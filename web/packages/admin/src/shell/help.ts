/** Where the documentation speaks of a page of the app. The first that fits a path counts. */
const places: [path: RegExp, address: string][] = [
  [/^\/account\/api-keys/, '/docs/generate-an-api-key'],
  [/^\/account/, '/docs/security-model#who-may-do-what'],
  [/^\/settings\/signing-keys/, '/docs/tokens#signing-keys'],
  [/^\/settings\/revocations/, '/docs/tokens#how-a-token-ends'],
  [/^\/settings\/audit/, '/docs/security-model#who-may-do-what'],
  [/^\/settings/, '/docs/generate-a-sandbox-token'],
  [/^\/tables\/[^/]+\/rules/, '/docs/apply-row-level-security#3-write-the-rule'],
  [/^\/(databases|tables|uploads)/, '/docs/apply-row-level-security#2-restrict-the-table'],
  [
    /^\/dashboards\/[^/]+\/(explain|compare)/,
    '/docs/generate-a-sandbox-token#6-look-through-the-end-users-eyes',
  ],
  [/^\/dashboards\/[^/]+\/publish/, '/docs/apply-row-level-security#7-leave-no-table-undecided'],
  [/^\/dashboards/, '/docs/embed-a-dashboard'],
  [/^\/(charts|usage)/, '/docs/embeds'],
];

/** The start of the documentation where nothing fits. */
export function helpFor(path: string): string {
  return places.find(([pattern]) => pattern.test(path))?.[1] ?? '/docs';
}
