import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Emulator, EmulatorOptions } from "headshotpro-emulator";
import { type Browser, chromium, type Page } from "playwright-core";
import { emulators } from "../../support/emulators";

const FLAGS = ["gpu", "quic", "background-networking", "component-update", "sync"]
  .map((feature) => `--disable-${feature}`)
  .concat("--no-sandbox", "--no-first-run");

/** One Chromium for all tests of the current `describe`, and a fresh window for each call. */
function browserForAll(): () => Promise<Page> {
  let folder: string;
  let browser: Browser | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chromium-"));
    browser = await launch(folder);
  });
  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    if (browser === undefined) throw new Error("there is no browser before the tests");
    return (await browser.newContext()).newPage();
  };
}

/** @param folder where Chromium is unpacked. */
async function launch(folder: string): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH;
  const source = own ?? "the npm package @sparticuz/chromium";
  try {
    const found = own === undefined ? await unpack(folder) : { executablePath: own };
    return await chromium.launch({ ...found, args: FLAGS });
  } catch (error) {
    throw new Error(
      `No Chromium could be started from ${source}. Set CHROMIUM_PATH to one (the package's is for Linux on x64 only): ${(error as Error).message}`,
    );
  }
}

/**
 * Unpacks the Chromium that the npm package carries, with the libraries and the fonts that a bare system lacks: it
 * brings them where it takes the machine for one of AWS. In a process of its own, since it changes its environment.
 */
async function unpack(folder: string): Promise<{ executablePath: string; env: Record<string, string> }> {
  const carrier = JSON.stringify(require.resolve("@sparticuz/chromium"));
  const script = `require(${carrier}).executablePath().then((path) => process.stdout.write(path))`;
  const env = { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { env });
  const libraries = join(folder, "al2023", "lib");
  // The configuration that it brings looks for the fonts in /tmp, wherever they were unpacked.
  const fonts = `<fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "font-cache")}</cachedir></fontconfig>`;
  await writeFile(join(folder, "fonts", "fonts.conf"), fonts);
  return {
    executablePath: stdout,
    env: { ...env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, "fonts") },
  };
}

/**
 * Call inside a `describe`: opens the page of a fresh emulator, as a person would.
 *
 * @param prepare runs before the page is opened.
 */
export function pages() {
  const start = emulators();
  const open = browserForAll();
  return async (prepare: (emulator: Emulator) => void = () => {}, options?: EmulatorOptions) => {
    const emulator = await start(options);
    prepare(emulator);
    const page = await open();
    /** Errors and warnings of the console, errors that nobody caught, and dialogs. */
    const complaints: string[] = [];
    /** What the browser asked for, by address. */
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
    await shows(page, "#credits", /^[^…]*$/);
    return { emulator, page, complaints, asked };
  };
}

/** The row of a person. */
export function rowOf(page: Page, email: string) {
  return page.locator("#people tr", { hasText: email });
}

/** Waits until a text is there: the page looks once a second. */
export async function shows(page: Page, selector: string, text: string | RegExp): Promise<void> {
  await page.locator(selector, { hasText: text }).first().waitFor();
}
