const ROOT = "/_emulator/";

/**
 * Asks the emulator's control.
 *
 * @param {string} what `invites`, `outbox?newest=100` and so on.
 */
export async function look(what) {
  return read(await fetch(ROOT + what));
}

/**
 * Makes something happen; throws the emulator's own words if it cannot.
 *
 * @param {"POST" | "PUT" | "DELETE"} method
 * @param {string} what
 * @param {object} [body]
 */
export async function act(method, what, body) {
  const sent = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return read(await fetch(ROOT + what, { method, ...sent }));
}

/** @param {Response} response */
async function read(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
