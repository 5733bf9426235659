import type { Theme } from '@aracari/charts';
import type { AracariDashboard } from './aracari-dashboard.js';

/**
 * The script of `/embed/frame/dashboards/{id}`, the page for an `<iframe>`. The server names the origins that may frame it.
 * The token comes by message from the page around it, never in the address: this page says `aracari-frame-ready`, is answered
 * with a `TokenMessage`, and then tells `aracari-frame-height` whenever its height changes.
 * A later token replaces an earlier one.
 */
interface TokenMessage {
  type: 'aracari-frame-token';
  token: string;
  theme?: Theme | 'auto';
  /** As the attributes of the element. */
  locale?: string;
  timeZone?: string;
}

const dashboard: AracariDashboard = document.createElement('aracari-dashboard');
dashboard.dashboardId = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');

/** Only the page around this one may say anything, and the server is told which one it is. */
function receive({ source, origin, data }: MessageEvent<unknown>): void {
  if (source !== window.parent || window.parent === window || !isTokenMessage(data)) return;
  dashboard.framedBy = origin;
  dashboard.authToken = data.token;
  dashboard.eager = true;
  dashboard.theme = data.theme ?? 'light';
  dashboard.locale = textOf(data.locale);
  dashboard.timeZone = textOf(data.timeZone);
}

function isTokenMessage(data: unknown): data is TokenMessage {
  if (typeof data !== 'object' || data === null) return false;
  const { type, token } = data as Partial<TokenMessage>;
  return type === 'aracari-frame-token' && typeof token === 'string';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Nothing secret, so any page around this one may hear it. */
function tell(message: object): void {
  if (window.parent !== window) window.parent.postMessage(message, '*');
}

document.body.style.margin = '0';
document.body.append(dashboard);
addEventListener('message', receive);
new ResizeObserver(() => {
  tell({ type: 'aracari-frame-height', height: Math.ceil(dashboard.offsetHeight) });
}).observe(dashboard);
tell({ type: 'aracari-frame-ready' });
