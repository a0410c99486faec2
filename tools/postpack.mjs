// Takes out of provider/dist what `prepack` has put there for the package only; npm runs it (the package's `postpack`).
import { renameSync, rmSync } from "node:fs";
import path from "node:path";
import { COMMAND, UNBUNDLED } from "./bundle.mjs";

rmSync(path.resolve(import.meta.dirname, "..", "provider", "dist", "emulator"), { recursive: true });
renameSync(UNBUNDLED, COMMAND);
