import { byId, element, LiveList } from "./dom.mjs";

/** @typedef {{ on: string, when?: string, kind: string | { status?: number, delayMs?: number }, email?: string, times: number | "always" }} Fault */

/**
 * The form that arms a fault, and those that are armed.
 *
 * @param {(fault: Fault) => void} arm
 * @param {() => void} disarm
 * @returns {{ show(faults: readonly Fault[]): void }}
 */
export function faults(arm, disarm) {
  const form = /** @type {HTMLFormElement} */ (byId("fault"));
  form.addEventListener("change", () => showFields(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    arm(faultIn(new FormData(form)));
  });
  byId("disarm").addEventListener("click", disarm);
  showFields(form);

  const list = new LiveList(
    byId("faults"),
    (/** @type {{ fault: Fault, place: number }} */ { place }) => String(place),
    ({ fault }) => element("li", {}, textOf(fault)),
  );
  return { show: (armed) => list.show(armed.map((fault, place) => ({ fault, place }))) };
}

/**
 * A field that does not matter is not shown, and being disabled it is neither checked nor read.
 *
 * @param {HTMLFormElement} form
 */
function showFields(form) {
  const data = new FormData(form);
  const needed = {
    "status-field": data.get("kind") === "status",
    "delay-field": data.get("kind") === "delay",
  };
  for (const [id, isNeeded] of Object.entries(needed)) {
    const field = byId(id);
    field.hidden = !isNeeded;
    for (const input of field.querySelectorAll("input")) input.disabled = !isNeeded;
  }
  const times = /** @type {HTMLInputElement} */ (form.elements.namedItem("times"));
  times.disabled = data.has("always");
}

/**
 * @param {FormData} data
 * @returns {Fault}
 */
function faultIn(data) {
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  const kinds = { status: { status: Number(text("status")) }, delay: { delayMs: Number(text("delayMs")) } };
  const kind = text("kind");
  return {
    on: text("on"),
    when: text("when"),
    kind: kinds[/** @type {keyof typeof kinds} */ (kind)] ?? kind,
    times: data.has("always") ? "always" : Number(text("times")),
    ...(text("email") !== "" && { email: text("email") }),
  };
}

/** @param {Fault} fault */
function textOf({ on, when = "before", kind, email, times }) {
  const what =
    typeof kind === "string" ? kind : "delayMs" in kind ? `${kind.delayMs} ms late` : `HTTP ${kind.status}`;
  const who = email === undefined ? "" : `, ${email}`;
  const often = times === "always" ? "always" : `${times} to come`;
  return `${on}, ${when} the effect: ${what}${who} (${often})`;
}
