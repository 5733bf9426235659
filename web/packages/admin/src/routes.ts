import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/**
 * Every page of the app. `audience` says who may see it: `setup` before the organization exists, `guest` signed out,
 * `person` anyone signed in, `maker` admins and makers, `admin` admins only. The server decides again at every call.
 */
export interface Route {
  path: RegExp;
  title: string;
  audience: 'setup' | 'guest' | 'person' | 'maker' | 'admin';
  load: () => Promise<unknown>;
  /** Gets what the path's groups matched. */
  render: (id: string, tab: string) => unknown;
}

// The tabs of a page share these, so that the page stays, and the keyboard in it, when the tab changes.
const loadAccount = () => import('./account/app-account-page.js');
const renderAccount = (tab: string) => html`<app-account-page .tab=${tab}></app-account-page>`;
const loadSettings = () => import('./settings/app-settings-page.js');
const renderSettings = (tab: string) => html`<app-settings-page .tab=${tab}></app-settings-page>`;

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
    path: /^\/dashboards\/([^/]+)\/explain$/,
    title: 'Explain',
    audience: 'maker',
    load: () => import('./dashboards/app-explain-page.js'),
    render: (id) => keyed(id, html`<app-explain-page .dashboardId=${id}></app-explain-page>`),
  },
  {
    path: /^\/dashboards\/([^/]+)\/compare$/,
    title: 'Compare',
    audience: 'maker',
    load: () => import('./dashboards/app-compare-page.js'),
    render: (id) => keyed(id, html`<app-compare-page .dashboardId=${id}></app-compare-page>`),
  },
  {
    path: /^\/dashboards\/([^/]+)\/publish$/,
    title: 'Publish',
    audience: 'maker',
    load: () => import('./dashboards/app-publish-page.js'),
    render: (id) => keyed(id, html`<app-publish-page .dashboardId=${id}></app-publish-page>`),
  },
  {
    path: /^\/dashboards\/([^/]+)\/edit$/,
    title: 'Edit dashboard',
    audience: 'maker',
    load: () => import('./editor/app-dashboard-editor-page.js'),
    render: (id) =>
      keyed(id, html`<app-dashboard-editor-page .dashboardId=${id}></app-dashboard-editor-page>`),
  },
  {
    path: /^\/charts$/,
    title: 'Charts',
    audience: 'maker',
    load: () => import('./charts/app-charts-page.js'),
    render: () => html`<app-charts-page></app-charts-page>`,
  },
  {
    path: /^\/charts\/([^/]+)$/,
    title: 'Chart',
    audience: 'maker',
    load: () => import('./charts/app-chart-page.js'),
    render: (id) => keyed(id, html`<app-chart-page .chartId=${id}></app-chart-page>`),
  },
  {
    path: /^\/usage$/,
    title: 'Usage',
    audience: 'maker',
    load: () => import('./usage/app-usage-page.js'),
    render: () => html`<app-usage-page></app-usage-page>`,
  },
  {
    path: /^\/databases$/,
    title: 'Databases',
    audience: 'maker',
    load: () => import('./databases/app-databases-page.js'),
    render: () => html`<app-databases-page></app-databases-page>`,
  },
  {
    path: /^\/databases\/new$/,
    title: 'Add a database',
    audience: 'maker',
    load: () => import('./databases/app-add-database-page.js'),
    render: () => html`<app-add-database-page></app-add-database-page>`,
  },
  {
    path: /^\/databases\/new\/duckdb$/,
    title: 'Add a DuckDB file',
    audience: 'maker',
    load: () => import('./databases/app-add-duckdb-page.js'),
    render: () => html`<app-add-duckdb-page></app-add-duckdb-page>`,
  },
  {
    path: /^\/databases\/new\/postgres$/,
    title: 'Add a PostgreSQL database',
    audience: 'maker',
    load: () => import('./databases/app-add-postgres-page.js'),
    render: () => html`<app-add-postgres-page></app-add-postgres-page>`,
  },
  {
    path: /^\/databases\/([^/]+)\/edit$/,
    title: 'Edit database',
    audience: 'maker',
    load: () => import('./databases/app-edit-database-page.js'),
    render: (id) =>
      keyed(id, html`<app-edit-database-page .databaseId=${id}></app-edit-database-page>`),
  },
  {
    path: /^\/databases\/([^/]+)$/,
    title: 'Database',
    audience: 'maker',
    load: () => import('./databases/app-database-page.js'),
    render: (id) => keyed(id, html`<app-database-page .databaseId=${id}></app-database-page>`),
  },
  {
    path: /^\/uploads$/,
    title: 'Upload a file',
    audience: 'maker',
    load: () => import('./uploads/app-uploads-page.js'),
    render: () => html`<app-uploads-page></app-uploads-page>`,
  },
  {
    path: /^\/uploads\/([^/]+)$/,
    title: 'Upload',
    audience: 'maker',
    load: () => import('./uploads/app-upload-page.js'),
    render: (id) => keyed(id, html`<app-upload-page .uploadId=${id}></app-upload-page>`),
  },
  {
    path: /^\/tables\/([^/]+)\/(structure|preview|rules|versions)$/,
    title: 'Table',
    audience: 'maker',
    load: () => import('./tables/app-table-page.js'),
    render: (id, tab) =>
      keyed(id, html`<app-table-page .tableId=${id} .tab=${tab}></app-table-page>`),
  },
  {
    path: /^\/account\/(api-keys)$/,
    title: 'API Keys',
    audience: 'maker',
    load: loadAccount,
    render: renderAccount,
  },
  {
    path: /^\/account\/(profile)$/,
    title: 'Profile',
    audience: 'person',
    load: loadAccount,
    render: renderAccount,
  },
  {
    path: /^\/settings\/(embed)$/,
    title: 'Embed settings',
    audience: 'maker',
    load: loadSettings,
    render: renderSettings,
  },
  {
    path: /^\/settings\/(theme)$/,
    title: 'Theme',
    audience: 'maker',
    load: loadSettings,
    render: renderSettings,
  },
  {
    path: /^\/settings\/(signing-keys)$/,
    title: 'Signing Keys',
    audience: 'admin',
    load: loadSettings,
    render: renderSettings,
  },
  {
    path: /^\/settings\/(revocations)$/,
    title: 'Revocations',
    audience: 'maker',
    load: loadSettings,
    render: renderSettings,
  },
  {
    path: /^\/settings\/(audit)$/,
    title: 'Audit',
    audience: 'admin',
    load: loadSettings,
    render: renderSettings,
  },
];

/** Short addresses and where they lead. */
export const redirects: Record<string, string> = {
  '/': '/dashboards',
  '/account': '/account/profile',
  '/settings': '/settings/embed',
};
