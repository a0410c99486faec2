// Takes out of provider/dist what `prepack` has put there for the package only; npm runs it (the package's `postpack`).
import { rmSync } from "node:fs";
import path from "node:path";

const DIST = path.resolve(import.meta.dirname, "..", "provider", "dist");
for (const made of ["emulator", "pulumi-resource-headshotpro.js"])
  rmSync(path.join(DIST, made), { recursive: true, force: true });
