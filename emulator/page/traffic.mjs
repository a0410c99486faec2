import { byId, element, LiveList } from "./dom.mjs";

/** How many of the newest e-mails and requests the page asks for. */
export const NEWEST = 100;

/**
 * @typedef {{ to: string, link: string, at: string, byHand?: true, byVendor?: true }} Email
 * @typedef {{ at: string, method: string, path: string, status?: number | string, fault?: string }} Request
 */

/**
 * The newest of what only grows, the newest on top. Each is known by its place in the whole, which it keeps.
 *
 * @template Item
 */
class Newest {
  /**
   * @param {string} name of the list in the page; its number is in `NAME-count`.
   * @param {(item: Item) => HTMLElement} render
   */
  constructor(name, render) {
    this.name = name;
    this.list = new LiveList(
      byId(name),
      (/** @type {Item & { place: number }} */ { place }) => String(place),
      render,
    );
  }

  /**
   * @param {readonly Item[]} items
   * @param {number} total
   */
  show(items, total) {
    const first = Math.max(0, total - items.length);
    this.list.show(items.map((item, index) => ({ ...item, place: first + index })).reverse());
    byId(`${this.name}-count`).textContent = total.toLocaleString("en");
  }
}

/** @returns {Newest<Email>} */
export function outbox() {
  return new Newest("outbox", ({ to, link, at, byHand, byVendor }) =>
    element(
      "li",
      {},
      element("strong", {}, to),
      element(
        "span",
        { class: "quiet" },
        ` ${at.slice(0, 10)}${byHand ? ", by hand" : byVendor ? ", by HeadshotPro" : ""}`,
      ),
      // Not a link to follow: it would lead to the real HeadshotPro, which knows nothing of it.
      element("span", { class: "link" }, link),
    ),
  );
}

/** @returns {Newest<Request>} */
export function requests() {
  return new Newest("requests", ({ at, method, path, status = "…", fault }) =>
    element(
      "li",
      {},
      element("time", { class: "quiet", datetime: at }, at.slice(11, 19)),
      ` ${method} ${path} `,
      element("span", { class: typeof status === "number" && status < 400 ? "" : "bad" }, String(status)),
      ...(fault === undefined ? [] : [element("span", { class: "warn" }, ` fault: ${fault}`)]),
    ),
  );
}
