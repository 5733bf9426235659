// Mints tokens as a customer's backend does.

/** @returns {Promise<{token, expiresIn, expiresAt, environment}>} */
export async function mintToken({ demo }, apiKey, { attributes = { state: 'TX' }, ...wishes }) {
  const answer = await fetch(`${demo.url}/embed/generate-token`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ user: { distinctId: 'a-user', attributes }, ...wishes }),
  });
  if (!answer.ok) throw new Error(`Minting: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
