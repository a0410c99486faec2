// Loaded first in each Node process that the engine starts for a JavaScript program of a test. With itself, the SDK
// loads the TypeScript compiler and npm's reader of trees, which take 2 of the 5 CPU seconds of an `up`. A program in
// JavaScript needs neither, and no test has the SDK serialize a function: they are loaded if they are used after all.
const Module = require("node:module");

// That the program is JavaScript, `options: { typescript: false }` would tell the host that comes with the CLI; the one
// that is built (SDK 3.66) does not listen to it.
delete process.env.PULUMI_NODEJS_TYPESCRIPT;

const ONLY_FOR_CLOSURES = ["../../typescript-shim", "@npmcli/arborist"];
const load = Module._load;

Module._load = (request, parent, isMain) => {
  const loadNow = () => load.call(Module, request, parent, isMain);
  const isDeferred = ONLY_FOR_CLOSURES.includes(request) && /closure[\\/]\w+\.js$/.test(parent?.filename);
  return isDeferred ? whenUsed(loadNow) : loadNow();
};

function whenUsed(loadNow) {
  // That it is an ES module keeps the caller from copying its properties at once.
  return new Proxy({}, { get: (_, name) => name === "__esModule" || loadNow()[name] });
}
