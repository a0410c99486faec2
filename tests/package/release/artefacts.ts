import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files in these folders, a line each: name, bytes, SHA-256. */
export function artefactList(folders: readonly string[]): string {
  const rows = folders.flatMap((folder) =>
    readdirSync(folder).map((name) => {
      const content = readFileSync(join(folder, name));
      return { name, size: content.length, sum: createHash("sha256").update(content).digest("hex") };
    }),
  );
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map(({ name, size, sum }) => `${name.padEnd(width)}  ${String(size).padStart(8)}  ${sum}`)
    .join("\n");
}
