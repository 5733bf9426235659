import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/**
 * Every page of the app. `audience` says who may see it: `setup` before the organization exists, `guest` signed out,
 * `person` anyone signed in, `maker` admins and makers. The server decides again at every call.
 */
export interface Route {
  path: RegExp;
  title: string;
  audience: 'setup' | 'guest' | 'person' | 'maker';
  load: () => Promise<unknown>;
  render: (id: string) => unknown;
}

export const routes: Route[] = [
  {
    path: /^\/setup$/,
    title: 'Set up',
    audience: 'setup',
    load: () => import('./entry/app-setup-page.js'),
    render: () => html`<app-setup-page></app-setup-page>`,
  },
  {
    path: /^\/sign-in$/,
    title: 'Sign in',
    audience: 'guest',
    load: () => import('./entry/app-sign-in-page.js'),
    render: () => html`<app-sign-in-page></app-sign-in-page>`,
  },
  {
    path: /^\/dashboards$/,
    title: 'Dashboards',
    audience: 'person',
    load: () => import('./dashboards/app-dashboards-page.js'),
    render: () => html`<app-dashboards-page></app-dashboards-page>`,
  },
  {
    path: /^\/dashboards\/([^/]+)$/,
    title: 'Dashboard',
    audience: 'person',
    load: () => import('./dashboards/app-dashboard-page.js'),
    render: (id) => keyed(id, html`<app-dashboard-page .dashboardId=${id}></app-dashboard-page>`),
  },
  {
    path: /^\/account\/(api-keys)$/,
    title: 'API Keys',
    audience: 'maker',
    load: () => import('./account/app-account-page.js'),
    render: (tab) => html`<app-account-page .tab=${tab}></app-account-page>`,
  },
  {
    path: /^\/account\/(profile)$/,
    title: 'Profile',
    audience: 'person',
    load: () => import('./account/app-account-page.js'),
    render: (tab) => html`<app-account-page .tab=${tab}></app-account-page>`,
  },
  {
    path: /^\/settings\/embed$/,
    title: 'Embed settings',
    audience: 'maker',
    load: () => import('./settings/app-settings-page.js'),
    render: () => html`<app-settings-page></app-settings-page>`,
  },
];

/** Short addresses and where they lead. */
export const redirects: Record<string, string> = {
  '/': '/dashboards',
  '/account': '/account/profile',
  '/settings': '/settings/embed',
};
