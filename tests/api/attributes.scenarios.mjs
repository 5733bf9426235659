// What a rule does when the attribute that it uses is registered with another type, as a list, or
// not at all any more. And who may list and read dashboards.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bearer, demoServer, neighbour, readCharts } from './support/demo_server.mjs';
import { signIn } from './support/app.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());

const path = `/api/v1/dashboards/${server.dashboard}`;
const unknown = `/api/v1/dashboards/dsh_${'a'.repeat(server.dashboard.length - 4)}`;
const read = (token) => readCharts(server, server.dashboard, bearer(token));
const tokenFor = (state) => server.mint({ user: { attributes: { state } } });

/** Registers `state` anew as `type`. */
async function registerState(type, more) {
  const { tokenAttributes } = await server.app.get('/api/v1/token-attributes');
  const old = tokenAttributes.find(({ name }) => name === 'state');
  if (old) await server.app.remove(`/api/v1/token-attributes/${old.id}`);
  if (type) await server.app.addAttribute('state', type, more);
}

async function assertRefused(token, code) {
  const { charts, text } = await read(token);
  for (const { error } of charts) assert.equal(error?.code, code);
  for (const { error } of charts) assert.equal(error.field, 'user.attributes.state');
  assert.doesNotMatch(text, /"values"/);
}

async function assertOpen(token) {
  const { charts } = await read(token);
  for (const { error } of charts) assert.equal(error, undefined);
}

const early = await tokenFor('TX');

test('as a list: one value opens, several and none are refused', async () => {
  await registerState('string', { list: true });
  await assertOpen(await tokenFor(['TX']));
  await assertRefused(await tokenFor(['TX', 'CA']), 'attribute_type');
  await assertRefused(await tokenFor([]), 'attribute_missing');
});

test('a token minted before is refused once its value is of another type', async () => {
  await assertRefused(early, 'attribute_missing');
});

test('as an integer: refused, because the column is text', async () => {
  await registerState('integer');
  await assertRefused(await tokenFor(7), 'attribute_type');
});

test('no longer registered: the token’s value does not count', async () => {
  await registerState(null);
  await assertRefused(early, 'attribute_missing');
  await registerState('string');
  await assertOpen(early);
});

// Dashboards: "not yours" and "does not exist" are the same answer.

/** The answer without what differs from request to request. */
function bare({ status, headers, text }) {
  const { date, 'x-request-id': id, ...rest } = headers;
  assert.ok(date && id);
  return { status, rest, text: text.replaceAll(id, '') };
}

for (const [what, request] of [
  ['description', (address) => ({ path: address })],
  ['rows', (address) => ({ method: 'POST', path: `${address}/data`, body: {} })],
]) {
  test(`${what}: outside the resources, foreign and not existing look the same`, async () => {
    const narrowed = await server.mint({ resources: { dashboards: [] } });
    const app = await signIn(server, neighbour);
    const key = await app.createKey({ environment: 'sandbox' });
    const foreign = await server.mint({}, key.secret);
    const wanted = {
      status: 404,
      problem: { code: 'not_found' },
      notExpected: ['Departures', 'permission'],
    };
    const answers = [];
    for (const [token, address] of [
      [narrowed, path],
      [narrowed, unknown],
      [foreign, path],
      [foreign, unknown],
      [early, unknown],
      [early, '/api/v1/dashboards/x'],
      [early, "/api/v1/dashboards/'%20OR%201=1"],
    ]) {
      const answer = await send(server, { ...request(address), headers: bearer(token) });
      check(answer, wanted);
      answers.push(bare(answer));
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    const neighbours = await app.send(request(path));
    check(neighbours, wanted);
    assert.deepEqual(bare(neighbours), bare(await app.send(request(unknown))));
  });
}

test('the list holds what the token may see', async () => {
  const list = async (token) =>
    (await send(server, { path: '/api/v1/dashboards', headers: bearer(token) })).json.dashboards;
  assert.deepEqual(
    (await list(early)).map(({ id, name }) => [id, name]),
    [[server.dashboard, 'Departures']],
  );
  assert.deepEqual(await list(await server.mint({ resources: { dashboards: [] } })), []);
  const named = await server.mint({ resources: { dashboards: [server.dashboard] } });
  assert.equal((await list(named)).length, 1);
  const app = await signIn(server, neighbour);
  assert.deepEqual((await app.get('/api/v1/dashboards')).dashboards, []);
});

const blind = await server.mint({ permissions: { chart: 'can_view' } });
for (const request of [
  { path: '/api/v1/dashboards' },
  { path },
  { path: unknown },
  { method: 'POST', path: `${path}/data`, body: {} },
]) {
  scenario(
    server,
    `without the permission: ${request.method ?? 'GET'} ${request.path.slice(0, 30)}`,
    {
      send: { ...request, headers: bearer(blind) },
      status: 403,
      problem: { code: 'permission_missing' },
      notExpected: ['Departures', 'values'],
    },
  );
}

logHoldsNoSecret();
