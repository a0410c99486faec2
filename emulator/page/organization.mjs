import { byId, element, LiveList } from "./dom.mjs";

/**
 * @typedef {{ id: string, name: string }} Team
 * @typedef {{ retentionDays: number | null, nextShootMonths: number | null }} Automation
 * @typedef {(method: "POST" | "PUT" | "DELETE", what: string, body: object | undefined, words: string) => void} Do
 */

/**
 * The teams, each with its new name to type.
 *
 * @param {Do} act
 * @returns {{ show(teams: Record<string, string>): void }}
 */
export function teams(act) {
  const list = new LiveList(
    byId("teams"),
    (/** @type {Team} */ { id }) => id,
    (team) => renderTeam(team, act),
  );
  const form = /** @type {HTMLFormElement} */ (byId("new-team"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = String(new FormData(form).get("name"));
    act("POST", "teams", { name }, `There is a team ${name} now.`);
    form.reset();
  });
  return {
    show(names) {
      const all = Object.entries(names).map(([id, name]) => ({ id, name }));
      byId("teams-count").textContent = all.length.toLocaleString("en");
      list.show(all);
    },
  };
}

/**
 * @param {Team} team
 * @param {Do} act
 */
function renderTeam({ id, name }, act) {
  const path = `teams/${encodeURIComponent(id)}`;
  const input = element("input", { value: name, "aria-label": `Name of ${name}`, autocomplete: "off" });
  /** @param {SubmitEvent} event */
  const onsubmit = (event) => {
    event.preventDefault();
    act("PUT", path, { name: input.value }, `${name} is ${input.value} now.`);
  };
  const remove = () => act("DELETE", path, undefined, `Deleted ${name}: its people stay, without a team.`);
  return element(
    "li",
    {},
    element(
      "form",
      { class: "team", onsubmit },
      input,
      element("button", { type: "submit", "aria-label": `Rename ${name}` }, "Rename"),
      element("button", { type: "button", "aria-label": `Delete ${name}`, onclick: remove }, "Delete"),
    ),
  );
}

/**
 * What HeadshotPro does by itself. What is being typed stays until the settings change.
 *
 * @param {Do} act
 * @returns {{ show(automation: Automation): void }}
 */
export function automation(act) {
  const form = /** @type {HTMLFormElement} */ (byId("automation"));
  const field = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const number = (/** @type {string} */ name) =>
      field(name).value === "" ? null : Number(field(name).value);
    const [days, months] = [number("retentionDays"), number("nextShootMonths")];
    const words = `By itself from now on: data deleted after ${days ?? "no"} days, new shoots after ${months ?? "no"} months.`;
    act("POST", "automation", { retentionDays: days, nextShootMonths: months }, words);
  });
  let shown = "";
  return {
    show(settings) {
      if (JSON.stringify(settings) === shown) return;
      shown = JSON.stringify(settings);
      for (const [name, value] of Object.entries(settings))
        field(name).value = value === null ? "" : String(value);
    },
  };
}
