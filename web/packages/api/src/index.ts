// For embeds and for the app: take a `Connection`.
export * from './problem.js';
export * from './request.js';
export * from './ndjson.js';
export * from './dashboards.js';
// For the app only: the signed-in person on the own server.
export * from './session.js';
export * from './api-keys.js';
export * from './authorized-origins.js';
export * from './token-attributes.js';
export * from './embed-tokens.js';
export * from './signing-keys.js';
export * from './revocations.js';
export * from './sessions.js';
export * from './audit.js';
export * from './rules.js';
export * from './databases.js';
export * from './tables.js';
export * from './uploads.js';
export * from './coverage.js';
export * from './explain.js';
export * from './content.js';
export * from './usage.js';
