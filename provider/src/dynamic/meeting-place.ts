import { randomBytes } from "node:crypto";
import { lstat, mkdir, readdir, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Declared, Meeting } from "../provider/meeting";
import { type Card, exchange, isAlive, isPresent, readCard, respond } from "./card";

/**
 * A card of a process that is gone is of no use, but that of one in another container, which shares the temporary
 * folder, looks the same. No run takes a day.
 */
const SWEPT_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Where the provider processes of one run of the CLI meet: a folder of cards in the temporary folder, named by the
 * engine's address, which they share and no other run has at the same time. Each answers on loopback for as long as it
 * lives. A card holds a port and a token, and nothing of a key or a person; those of processes that are gone are swept.
 */
export class MeetingPlace implements Meeting {
  /** The folders of all runs. */
  private readonly runs: string;
  /** That of this one: a question does not take longer for what other runs have left. */
  private readonly folder: string;
  private ownCard?: string;
  /** Settled once what other runs left is gone. No verb waits for it: after a day of many runs there are thousands. */
  swept: Promise<void> = Promise.resolve();

  /** @param engineAddress `host:port` */
  constructor(engineAddress: string, temporary: string = tmpdir()) {
    this.runs = join(temporary, `pulumi-headshotpro-${process.getuid?.() ?? "user"}`);
    this.folder = join(this.runs, engineAddress.replace(/[^\w.]/g, "_"));
  }

  async join(answer: Answer): Promise<void> {
    const token = randomBytes(16).toString("hex");
    const server = createServer((asked, reply) => void respond(asked, reply, token, answer));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    server.unref();
    const { port } = server.address() as { port: number };
    await mkdir(this.runs, { recursive: true, mode: 0o700 });
    const { uid } = await lstat(this.runs);
    if (uid !== (process.getuid?.() ?? uid)) throw new Error(`${this.runs} belongs to another user`);
    await this.takeOver();
    this.ownCard = `${process.pid}-${token.slice(0, 8)}`;
    await this.leave(this.ownCard, { port, token });
    this.swept = this.sweep().catch(() => undefined);
  }

  private async leave(name: string, card: Card): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(join(this.folder, name), JSON.stringify(card), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      // Another run has just swept away what an earlier one at this address had left.
      await this.leave(name, card);
    }
  }

  async ask(email: string, askersKey: string): Promise<Declared[]> {
    const names = await this.cards();
    // A run that nobody has joined declares nobody: its cards are of a run before it that had the same address.
    if (this.ownCard === undefined && !(await this.someoneIsThere(names))) return [];
    const answers = await Promise.all(names.map((name) => this.askOne(name, email, askersKey)));
    return answers.filter((answer) => answer !== undefined);
  }

  private async askOne(name: string, email: string, askersKey: string): Promise<Declared | undefined> {
    const card = await readCard(join(this.folder, name));
    return card && exchange(card, { email, askersKey });
  }

  private async someoneIsThere(names: readonly string[]): Promise<boolean> {
    const present = await Promise.all(names.map((name) => this.isThere(name)));
    return present.includes(true);
  }

  /**
   * Whether whoever wrote a card is there to answer. Not only whether a process has that number: with a card of an
   * earlier run it may be somebody else's by now.
   */
  private async isThere(name: string): Promise<boolean> {
    if (!isAlive(name)) return false;
    const card = await readCard(join(this.folder, name));
    return card === undefined || isPresent(card);
  }

  /** The others of this run. */
  private async cards(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => name !== this.ownCard);
  }

  /**
   * The engine ends its plugins without a word, so nobody takes their own card away. Whoever joins first takes away
   * those of an earlier run that had the same address: from then on, a card of somebody who is gone means that they
   * died in this run.
   */
  private async takeOver(): Promise<void> {
    const names = await this.cards();
    if (!(await this.someoneIsThere(names)))
      await Promise.all(names.map((name) => rm(join(this.folder, name), { force: true })));
  }

  /** Takes away what other runs left. */
  private async sweep(): Promise<void> {
    for (const run of await readdir(this.runs)) {
      const folder = join(this.runs, run);
      if (folder !== this.folder) await sweepRun(folder);
    }
  }
}

async function sweepRun(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const card = join(folder, name);
    if (!isAlive(name) && (await ageMs(card)) > SWEPT_AFTER_MS) await rm(card, { force: true });
  }
  // Not if cards are left in it.
  await rmdir(folder).catch(() => undefined);
}

async function ageMs(file: string): Promise<number> {
  const written = await stat(file).catch(() => undefined);
  return written ? Date.now() - written.mtimeMs : 0;
}
