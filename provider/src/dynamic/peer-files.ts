import { createHmac, randomBytes } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { readdir, rm, rmdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Organization } from "../invite/organization";
import type { PeerDeclaration, Peers } from "../provider/peers";
import { parseJson } from "../text";
import { UserError } from "../user-error";

/** A line of a provider's file. Of several lines about the same, the last one holds. */
type Line = { organization: Organization } | { person: string; forceDestroy?: boolean };

interface PeerFile {
  /** In bytes. */
  size: number;
  organization?: Organization;
  /** By hash of the canonical address. */
  people: Map<string, { forceDestroy?: boolean }>;
}

/** No run takes a day. A process in another container may share the temporary folder and looks dead from here. */
const SWEPT_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Peers by files: each provider process of a run appends to a file of its own and reads those of the others. All are in
 * one folder of the temporary folder, named by the engine's address, which no other run has at the same time. They hold
 * hashes of addresses and of keys, and only their user may read them. The file of a process that died still counts.
 */
export class PeerFiles implements Peers {
  /** The folders of all runs of this user. */
  private readonly runs: string;
  private readonly run: string;
  /** The folder of this run. */
  private readonly folder: string;
  private organization?: Organization;
  private own?: { name: string; descriptor: number };
  private readonly others = new Map<string, PeerFile>();
  /** Resolves when what other runs left is deleted. No operation waits for it: there may be thousands. */
  swept: Promise<void> = Promise.resolve();

  /** @param engineAddress `host:port`, as the engine passes it to each provider process of a run */
  constructor(engineAddress: string, temporary: string = tmpdir()) {
    this.runs = join(temporary, `pulumi-headshotpro-${process.getuid?.() ?? "user"}`);
    this.run = engineAddress.replace(/[^\w.]/g, "_") || "unknown";
    this.folder = join(this.runs, this.run);
  }

  declare(whom: string, { forceDestroy }: { forceDestroy?: boolean }): void {
    this.append({ person: this.hash(whom), forceDestroy });
  }

  /** Writes nothing before the first declaration. A `uid` that is known is not forgotten. */
  identify(organization: Organization): void {
    const known = this.organization;
    if (known?.key === organization.key && (organization.uid ?? known.uid) === known.uid) return;
    this.organization = organization;
    if (this.own) this.append({ organization });
  }

  declarationsOf(whom: string): PeerDeclaration[] {
    const person = this.hash(whom);
    return orRefuse(() => {
      const names = this.namesOfOthers();
      // The files are of an earlier run with the same address if nobody of this run has declared anything.
      if (!this.own && !names.some(isAlive)) return [];
      return names.flatMap((name) => {
        const { organization, people } = this.read(name) ?? {};
        const declared = people?.get(person);
        return organization && declared ? [{ organization, ...declared }] : [];
      });
    });
  }

  private append(line: Line): void {
    orRefuse(() => {
      this.own ??= this.open();
      write(this.own.descriptor, line);
    });
  }

  /**
   * The engine ends its plugins without a word, so nobody deletes their own file. The first process of a run deletes
   * those of an earlier run that had the same address.
   */
  private open(): { name: string; descriptor: number } {
    mkdirSync(this.runs, { recursive: true, mode: 0o700 });
    const stale = this.namesOfOthers();
    if (!stale.some(isAlive)) for (const name of stale) rmSync(join(this.folder, name), { force: true });
    const name = `${process.pid}-${startOf(process.pid)}-${randomBytes(4).toString("hex")}`;
    let descriptor: number | undefined;
    // Another run may sweep the folder while it is empty.
    while (descriptor === undefined) {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      descriptor = ifThere(() => openSync(join(this.folder, name), "ax", 0o600));
    }
    if (this.organization) write(descriptor, { organization: this.organization });
    this.swept = this.sweep().catch(() => undefined);
    return { name, descriptor };
  }

  private namesOfOthers(): string[] {
    const owner = ifThere(() => lstatSync(this.runs).uid);
    if (owner !== undefined && owner !== (process.getuid?.() ?? owner))
      throw new Error(`${this.runs} belongs to another user`);
    return (ifThere(() => readdirSync(this.folder)) ?? []).filter((name) => name !== this.own?.name);
  }

  /** Reads a file again only if it has grown: a destroy asks once for each person. */
  private read(name: string): PeerFile | undefined {
    const path = join(this.folder, name);
    return ifThere(() => {
      const { size } = statSync(path);
      const known = this.others.get(name);
      if (known?.size === size) return known;
      const file: PeerFile = { size, people: new Map() };
      for (const line of readFileSync(path, "utf8").split("\n").flatMap(parseLine))
        if ("organization" in line) file.organization = line.organization;
        else file.people.set(line.person, { forceDestroy: line.forceDestroy });
      this.others.set(name, file);
      return file;
    });
  }

  /** Keyed by the run, so that the same person is written in another way each time. */
  private hash(whom: string): string {
    return createHmac("sha256", this.run).update(whom).digest("hex").slice(0, 32);
  }

  private async sweep(): Promise<void> {
    for (const run of await readdir(this.runs)) if (run !== this.run) await sweepRun(join(this.runs, run));
  }
}

async function sweepRun(folder: string): Promise<void> {
  const { mtimeMs } = await stat(folder);
  const names = await readdir(folder);
  if (Date.now() - mtimeMs < SWEPT_AFTER_MS || names.some(isAlive)) return;
  for (const name of names) await rm(join(folder, name), { force: true });
  await rmdir(folder);
}

function write(descriptor: number, line: Line): void {
  writeSync(descriptor, `${JSON.stringify(line)}\n`);
}

/** A process may die while it writes a line: what cannot be parsed says nothing. */
function parseLine(text: string): Line[] {
  const line = parseJson(text) as Line | undefined;
  return line === undefined ? [] : [line];
}

/**
 * Whether the process that has written a file lives. A later process may have the same id: on a machine that makes many
 * runs, and in containers, where ids are low, this is no rare case.
 *
 * @param name `<pid>-<start>-<random>`
 */
function isAlive(name: string): boolean {
  const [id = "", start] = name.split("-");
  const pid = Number.parseInt(id, 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const startNow = startOf(pid);
  return !start || startNow === "" || startNow === start;
}

/** When a process started, in ticks since the machine did (`man proc_pid_stat`); "" where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The program's name stands in parentheses, and may hold spaces.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** @returns undefined if the file is missing: another process may have just deleted it. */
function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}

function orRefuse<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new UserError(
      `The providers of this run cannot tell each other whom they manage: ${(error as Error).message}. Set TMPDIR to ` +
        "a folder that only you can write to, and run the same command again.",
    );
  }
}
