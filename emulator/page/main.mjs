// The page looks at the emulator every second and has no state of its own: it can be closed and opened at any time.
import { act, look } from "./control.mjs";
import { byId } from "./dom.mjs";
import { faults } from "./faults.mjs";
import { automation, teams } from "./organization.mjs";
import { People } from "./people.mjs";
import { NEWEST, outbox, requests } from "./traffic.mjs";

const EVERY_MS = 1_000;
const number = (/** @type {number} */ value) => value.toLocaleString("en");

/**
 * Says how it went only after the page shows it: the two never contradict each other.
 *
 * @param {() => Promise<string>} deed says what it has done.
 */
async function attempt(deed) {
  const [words, className] = await deed().then(
    (done) => [done, ""],
    (error) => [error.message, "bad"],
  );
  await refresh();
  Object.assign(byId("said"), { textContent: words, className });
}

/** @type {import("./organization.mjs").Do} */
function actAndSay(method, what, body, words) {
  attempt(async () => {
    await act(method, what, body);
    return words;
  });
}

const people = new People((email, deed, body) =>
  actAndSay("POST", `people/${encodeURIComponent(email)}/${deed}`, body, `Done: ${deed} ${email}`),
);
const teamList = teams(actAndSay);
const byItself = automation(actAndSay);
const emails = outbox();
const log = requests();
const armed = faults(
  (fault) => actAndSay("POST", "faults", fault, "The fault is armed."),
  () => actAndSay("DELETE", "faults", undefined, "No fault is armed."),
);

/** @param {{ advanceDays: number } | { set: string }} turn */
function turnClock(turn) {
  return attempt(async () => {
    const { now } = await act("POST", "clock", turn);
    return `It is ${now.slice(0, 10)} now.`;
  });
}

const clock = /** @type {HTMLFormElement} */ (byId("clock"));
for (const button of clock.querySelectorAll("button[data-days]")) {
  const advanceDays = Number(/** @type {HTMLElement} */ (button).dataset.days);
  button.addEventListener("click", () => turnClock({ advanceDays }));
}
byId("real-time").addEventListener("click", () => turnClock({ set: new Date().toISOString() }));
clock.addEventListener("submit", (event) => {
  event.preventDefault();
  turnClock({ set: String(new FormData(clock).get("date")) });
});

function lookAtAll() {
  const newest = `newest=${NEWEST}`;
  return Promise.all([look("state"), look("invites"), look(`outbox?${newest}`), look(`requests?${newest}`)]);
}

async function redraw() {
  const seen = await lookAtAll().catch(() => undefined);
  byId("offline").hidden = seen !== undefined;
  if (seen === undefined) return;
  const [state, invites, sent, received] = seen;
  const { now, credits, pending, rateLimit, counts } = state;
  byId("organization").textContent = state.organization.name;
  byId("now").textContent = now.slice(0, 16).replace("T", " ");
  byId("credits").textContent = number(credits);
  byId("pending").textContent = `${number(pending.count)} of ${number(pending.limit)}`;
  byId("rate-limit").textContent = rateLimit
    ? `${number(rateLimit.remaining)} of ${number(rateLimit.limit)} left`
    : "none";
  people.show(invites, state);
  teamList.show(state.teams);
  byItself.show(state.automation);
  emails.show(sent, counts.outbox);
  log.show(received, counts.requests);
  armed.show(state.faults);
}

let looking = Promise.resolve();

/** One look after the other: an older answer never replaces a newer one. */
function refresh() {
  looking = looking.then(redraw);
  return looking;
}

async function follow() {
  if (!document.hidden) await refresh();
  setTimeout(follow, EVERY_MS);
}

byId("address").textContent = `${location.origin}/api/v2`;
await follow();
