import type { Emulator, EmulatorOptions } from "headshotpro-emulator";
import type { BrowserContextOptions, Page } from "playwright-core";
import { emulators } from "../../support/emulators";
import { browserForAll } from "./browser";

/** The page of an emulator, and what its browser complained of. */
export interface OpenPage {
  emulator: Emulator;
  page: Page;
  /** Errors and warnings of the console, errors that nobody caught, and dialogs. */
  complaints: string[];
  /** What the browser asked for, by address. */
  asked: string[];
}

interface Opening {
  emulator?: EmulatorOptions;
  browser?: BrowserContextOptions;
  /** Runs before the page is opened. */
  prepare?(emulator: Emulator): void;
}

/** Call inside a `describe`: opens the page of a fresh emulator, as a person would. */
export function pages(): (opening?: Opening) => Promise<OpenPage> {
  const start = emulators();
  const open = browserForAll();
  return async ({ emulator: options, browser, prepare } = {}) => {
    const emulator = await start(options);
    prepare?.(emulator);
    const page = await open(browser);
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(new URL("/", emulator.url).href);
    // It has looked once.
    await page.locator("#credits", { hasNotText: "…" }).waitFor();
    return { emulator, page, complaints, asked };
  };
}

/** The row of a person. */
export function rowOf(page: Page, email: string) {
  return page.locator("#people tr", { hasText: email });
}

/** What the table says of each person: address, status, team, expiry. */
export function cells(page: Page): Promise<string[][]> {
  return page
    .locator("#people tr")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll("td")]
          .slice(0, 4)
          .map((cell) => (cell.querySelector("option:checked") ?? cell).textContent ?? ""),
      ),
    );
}

/** Waits until a text is there: the page looks once a second. */
export async function shows(page: Page, selector: string, text: string | RegExp): Promise<void> {
  await page.locator(selector, { hasText: text }).first().waitFor();
}
