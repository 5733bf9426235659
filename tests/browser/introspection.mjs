// PRODUCT.md 2.7: Token Introspection says what a token is, and the exact reason why it does not work.

import assert from 'node:assert/strict';
import { introspect, sectionOf } from './steps.mjs';
import { textOf } from './texts.mjs';

export async function testIntrospection({ report, survey, page, texas }) {
  await report.check('an active token: the verdict and its fields', async () => {
    assert.match(await introspect(page, texas.token), /^Active, (59|60) min left\.$/);
    const section = sectionOf(page, 'Token Introspection');
    for (const [term, text] of [
      ['distinctId', /^texas-user$/],
      ['Role', /^explorer$/],
      ['Custom attributes', /^state\s*TX$/],
      ['Environment', /^Sandbox$/],
      ['Minted by', /^Sandbox backend \(….{4}\) Active$/],
      ['Form', /^Signed$/],
      ['Reaches dashboards', /Departures/],
    ]) {
      const shown = await definitionOf(section, term);
      assert.match(shown, text, `${term}: ${shown}`);
    }
    await survey.look(page, '17-introspection-active');
  });
  await report.check('an altered token: the exact reason, and no content', async () => {
    const [head, payload, signature] = texas.token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url'));
    claims.attributes.state = 'CA';
    const altered = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const verdict = await introspect(page, [head, altered, signature].join('.'));
    assert.match(verdict, /signature/i);
    assert.equal(await sectionOf(page, 'Token Introspection').getByText('texas-user').count(), 0);
    await survey.look(page, '18-introspection-altered');
  });
  await report.check('something that is no token', async () => {
    assert.match(await introspect(page, 'hello'), /token/i);
  });
}

async function definitionOf(section, term) {
  const terms = (await section.getByRole('term').allInnerTexts()).map((text) => text.trim());
  const index = terms.indexOf(term);
  assert.notEqual(index, -1, `there is ${term} among ${terms}`);
  return textOf(section.getByRole('definition').nth(index));
}
