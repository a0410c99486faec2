// Loaded first in each Node process that the engine starts for a JavaScript program of a test. The SDK always loads the
// TypeScript compiler and npm's reader of trees, which takes 2 of the 5 CPU seconds of an `up`. A program in JavaScript
// needs neither, since no test has the SDK serialize a function. Here they are loaded only if something uses them.
const Module = require("node:module");

// The language host that comes with the CLI takes `options: { typescript: false }` for this. The one that is built (SDK
// 3.66) ignores it.
delete process.env.PULUMI_NODEJS_TYPESCRIPT;

const ONLY_FOR_CLOSURES = ["../../typescript-shim", "@npmcli/arborist"];
const load = Module._load;

Module._load = (request, parent, isMain) => {
  const loadNow = () => load.call(Module, request, parent, isMain);
  const isDeferred = ONLY_FOR_CLOSURES.includes(request) && /closure[\\/]\w+\.js$/.test(parent?.filename);
  return isDeferred ? whenUsed(loadNow) : loadNow();
};

function whenUsed(loadNow) {
  // The caller copies the properties of what is not an ES module, and so would use it at once.
  return new Proxy({}, { get: (_, name) => name === "__esModule" || loadNow()[name] });
}
