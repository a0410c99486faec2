/**
 * An element. Texts become text, whatever is in them: nothing here reads markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | ((event: any) => void)>} settings attributes, and what happens on an event: `onclick`
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, settings, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === "string") made.setAttribute(name, value);
    else made.addEventListener(name.slice(2), value);
  }
  made.append(...children);
  return made;
}

/**
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 * @returns {E}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return /** @type {E} */ (found);
}

/**
 * Children that follow a list. One whose item is as before stays, so that neither the focus nor a selected text is lost.
 *
 * @template Item
 */
export class LiveList {
  /** @type {Map<string, { text: string, node: HTMLElement }>} */
  #shown = new Map();

  /**
   * @param {HTMLElement} parent
   * @param {(item: Item) => string} keyOf
   * @param {(item: Item) => HTMLElement} render
   */
  constructor(parent, keyOf, render) {
    this.parent = parent;
    this.keyOf = keyOf;
    this.render = render;
  }

  /** @param {readonly Item[]} items */
  show(items) {
    const former = this.#shown;
    this.#shown = new Map();
    for (const item of items) {
      const key = this.keyOf(item);
      const text = JSON.stringify(item);
      const known = former.get(key);
      former.delete(key);
      if (known === undefined) this.#shown.set(key, { text, node: this.render(item) });
      else if (known.text === text) this.#shown.set(key, known);
      else this.#shown.set(key, { text, node: replace(known.node, this.render(item)) });
    }
    for (const { node } of former.values()) node.remove();
    this.#order();
  }

  /** Moves only what is out of place: what is moved loses the focus. */
  #order() {
    let place = this.parent.firstChild;
    for (const { node } of this.#shown.values()) {
      if (node === place) place = place.nextSibling;
      else this.parent.insertBefore(node, place);
    }
  }
}

/**
 * Who works by keyboard goes on where they were: at the same control if it is still there, else at the first button of
 * the new one, or at itself if it has none.
 *
 * @param {HTMLElement} former
 * @param {HTMLElement} next
 */
function replace(former, next) {
  const focused = document.activeElement;
  const isHere = former.contains(focused);
  const label = focused?.getAttribute("aria-label") ?? "";
  former.replaceWith(next);
  if (!isHere) return next;
  const same = next.querySelector(`[aria-label="${CSS.escape(label)}"]`);
  /** @type {HTMLElement} */ (same ?? next.querySelector("button") ?? next).focus();
  return next;
}
