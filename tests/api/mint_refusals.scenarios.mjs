// POST /embed/generate-token refuses, names the field, and mints nothing.

import { after, test } from 'node:test';
import { demoServer, neighbour } from './support/demo_server.mjs';
import { signIn } from './support/app.mjs';
import { check, scenario } from './support/scenario.mjs';
import { send } from './support/request.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());

for (const [name, type, more] of [
  ['account', 'integer'],
  ['ratio', 'numeric'],
  ['trial', 'boolean'],
  ['since', 'date'],
  ['seen', 'datetime'],
  ['regions', 'string', { list: true }],
]) {
  await server.app.addAttribute(name, type, more);
}

const person = { distinctId: 'user-123' };
const noToken = ['"token"', 'eyJ', '"expiresAt"'];

const request = (body, headers = { 'x-api-key': server.keys.sandbox }) => ({
  method: 'POST',
  path: '/embed/generate-token',
  headers,
  body,
});

function refused(name, body, { status = 400, code = 'invalid_body', field, headers }) {
  scenario(server, name, {
    send: request(body, headers),
    status,
    problem: { code, field },
    notExpected: noToken,
    echoes: true,
  });
}

// Fields that are unknown, missing or of another type.
for (const [field, body] of [
  ['user', {}],
  ['user', { user: null }],
  ['user', { user: 'user-123' }],
  ['user', { user: [person] }],
  ['tenant', { user: person, tenant: 1 }],
  ['User', { user: person, User: person }],
  ['user.distinctId', { user: {} }],
  ['user.distinctId', { user: { distinctId: '' } }],
  ['user.distinctId', { user: { distinctId: 7 } }],
  ['user.distinctId', { user: { distinctId: null } }],
  ['user.distinctId', { user: { distinctId: 'x'.repeat(257) } }],
  ['user.email', { user: { ...person, email: 'a@b.example' } }],
  ['user.role', { user: { ...person, role: 'admin' } }],
  ['user.role', { user: { ...person, role: 'Explorer' } }],
  ['user.role', { user: { ...person, role: ['explorer'] } }],
  ['user.attributes', { user: { ...person, attributes: [] } }],
  ['user.attributes', { user: { ...person, attributes: null } }],
  ['permissions', { user: person, permissions: 'can_view' }],
  ['permissions.dashboards', { user: person, permissions: { dashboards: 'can_view' } }],
  ['permissions.dashboard', { user: person, permissions: { dashboard: 'can_delete' } }],
  ['permissions.dashboard', { user: person, permissions: { dashboard: true } }],
  ['permissions.dashboard', { user: person, permissions: { dashboard: [['can_view']] } }],
  ['permissions.chart', { user: person, permissions: { chart: 'can_query' } }],
  ['permissions.ai', { user: person, permissions: { ai: 'can_view' } }],
  ['resources', { user: person, resources: [] }],
  ['resources.tables', { user: person, resources: { tables: [] } }],
  ['resources.dashboards', { user: person, resources: { dashboards: server.dashboard } }],
  ['resources.dashboards', { user: person, resources: { dashboards: [1] } }],
  ['resources.charts', { user: person, resources: { charts: ['cht_unknown'] } }],
  ['origins', { user: person, origins: 'https://app.example.com' }],
  ['origins', { user: person, origins: ['*'] }],
  ['origins', { user: person, origins: ['https://*.example.com'] }],
  ['origins', { user: person, origins: ['null'] }],
  ['origins', { user: person, origins: ['https://app.example.com/path'] }],
]) {
  refused(`${JSON.stringify(body).slice(0, 90)} → ${field}`, body, { field });
}

for (const expiresIn of [
  '25h',
  '2d',
  '0s',
  '0h',
  '-1h',
  '1e9h',
  'abc',
  '',
  '1',
  'h',
  '1.5h',
  ' 1h',
  '1H',
  '1w',
  '99999999999999999999d',
  '+1h',
  3600,
  null,
  ['1h'],
]) {
  refused(
    `expiresIn ${JSON.stringify(expiresIn)}`,
    { user: person, expiresIn },
    { field: 'expiresIn' },
  );
}

refused(
  'an attribute that is not registered',
  { user: { ...person, attributes: { planet: 'Mars' } } },
  {
    code: 'attribute_unregistered',
    field: 'user.attributes.planet',
  },
);

for (const [attribute, value] of [
  ['state', 7],
  ['state', null],
  ['state', ['TX']],
  ['state', { in: ['TX'] }],
  ['state', 'TX\u0000CA'],
  ['account', '7'],
  ['account', 1.5],
  ['account', 1e30],
  ['account', true],
  ['ratio', '0.5'],
  ['trial', 'true'],
  ['trial', 1],
  ['since', '2001-02-30'],
  ['since', '2001-2-3'],
  ['since', '2001-01-01T00:00:00Z'],
  ['since', 20010101],
  ['seen', '2001-01-01'],
  ['seen', 978307200],
  ['regions', 'TX'],
  ['regions', ['TX', 7]],
  ['regions', ['TX', null]],
  ['regions', [['TX']]],
]) {
  refused(
    `attribute ${attribute} with ${JSON.stringify(value)}`,
    { user: { ...person, attributes: { [attribute]: value } } },
    {
      code: 'attribute_type',
      field: `user.attributes.${attribute}`,
    },
  );
}

refused('a number beyond all numbers', `{"user":{"distinctId":"a","attributes":{"ratio":1e999}}}`, {
  code: 'attribute_type',
  field: 'user.attributes.ratio',
});

test('an attribute that is registered as required must be there', async () => {
  const required = await server.app.addAttribute('tenant', 'string', { required: true });
  const wanted = {
    status: 400,
    problem: { code: 'attribute_missing', field: 'user.attributes.tenant' },
    notExpected: noToken,
  };
  check(await send(server, request({ user: person })), wanted);
  const withNull = { user: { ...person, attributes: { tenant: null } } };
  check(await send(server, request(withNull)), {
    ...wanted,
    problem: { code: 'attribute_type', field: 'user.attributes.tenant' },
  });
  await server.app.remove(`/api/v1/token-attributes/${required.id}`);
});

test('another organization’s dashboard and an unknown one give the same answer', async () => {
  const app = await signIn(server, neighbour);
  const key = await app.createKey({ environment: 'sandbox' });
  const answerFor = async (dashboard) => {
    const body = { user: person, resources: { dashboards: [dashboard] } };
    const answer = await send(server, request(body, { 'x-api-key': key.secret }));
    check(answer, {
      status: 400,
      problem: { code: 'invalid_body', field: 'resources.dashboards' },
      notExpected: [...noToken, 'Departures', 'Demo'],
    });
    return answer.text.replaceAll(dashboard, 'ID').replace(answer.json.requestId, '');
  };
  const unknown = `dsh_${'a'.repeat(server.dashboard.length - 4)}`;
  const [foreign, nothing] = [await answerFor(server.dashboard), await answerFor(unknown)];
  if (foreign !== nothing) throw new Error(`${foreign}\n${nothing}`);
});

test('an attribute of another organization is not registered here', async () => {
  const app = await signIn(server, neighbour);
  const key = await app.createKey({ environment: 'sandbox' });
  const body = { user: { ...person, attributes: { state: 'TX' } } };
  check(await send(server, request(body, { 'x-api-key': key.secret })), {
    status: 400,
    problem: { code: 'attribute_unregistered', field: 'user.attributes.state' },
    notExpected: noToken,
  });
});

refused(
  'a token that would be over 8 KiB',
  { user: { ...person, attributes: { regions: Array(900).fill('abcdefgh') } } },
  {
    code: 'token_too_large',
    field: 'user.attributes',
  },
);

logHoldsNoSecret();
