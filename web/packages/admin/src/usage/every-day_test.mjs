import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everyDay } from './every-day.ts';

test('days without views are zero, up to today', () => {
  const usage = { since: '2026-02-27', days: [{ day: '2026-02-28', views: 5, endUsers: 2 }] };
  const [day, views, endUsers] = everyDay(usage, Date.parse('2026-03-01T23:59:59Z'));
  assert.deepEqual(day.values, ['2026-02-27', '2026-02-28', '2026-03-01']);
  assert.deepEqual(views.values, [0, 5, 0]);
  assert.deepEqual(endUsers.values, [0, 2, 0]);
});
