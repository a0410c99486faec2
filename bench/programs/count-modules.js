// Loads a program, and prints how many modules of each package that took: `{"@pulumi/pulumi": 212}`.
const { relative, resolve } = require("node:path");

require(resolve(process.argv[2]));

const counts = {};
for (const file of Object.keys(require.cache)) {
  const path = relative(resolve(__dirname, "../.."), file);
  const [, inner] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  const name = inner ?? path.split("/")[0];
  counts[name] = (counts[name] ?? 0) + 1;
}
console.log(JSON.stringify(counts));
