// Makes provider/ ready to be packed; npm runs it (the package's `prepack`).
import { copyFileSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { bundle, COMMAND, UNBUNDLED } from "./bundle.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const PROVIDER = path.join(ROOT, "provider");
const DIST = path.join(PROVIDER, "dist");

// The compiler leaves behind what it once made of a source that has been removed or renamed.
for (const folder of ["provider", "emulator"].map((name) => path.join(ROOT, name)))
  for (const file of readdirSync(path.join(folder, "dist"), { recursive: true })) {
    const compiled = path.join(folder, "dist", file);
    const source = path.join(folder, "src", file.replace(/(\.d\.ts|\.js)$/, ".ts"));
    if (/\.(js|d\.ts)$/.test(file) && !existsSync(source) && compiled !== UNBUNDLED) rmSync(compiled);
  }

for (const file of ["README.md", "LICENSE"]) copyFileSync(path.join(ROOT, file), path.join(PROVIDER, file));

// A package of its own here, and a part of this one where it is installed: `pulumi-headshotpro emulator`.
// `postpack` takes it away again, or the command would go on with this copy when the emulator has changed.
// Its page stays beside its compiled files, as it is here.
const filter = (file) => !/\.d\.ts$|tsconfig\.json$/.test(file);
for (const folder of ["dist", "page"])
  cpSync(path.join(ROOT, "emulator", folder), path.join(DIST, "emulator", folder), {
    recursive: true,
    filter,
  });

// The plugin as one file: who writes YAML or Python installs neither Pulumi's SDK nor gRPC for it. `postpack` puts back
// what was compiled.
if (!existsSync(UNBUNDLED)) renameSync(COMMAND, UNBUNDLED);
await bundle(UNBUNDLED, COMMAND);
