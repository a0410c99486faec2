// Arrows go one way: a rule reads "nothing in `from` may reach `to`".
const only = (folder, allowed, file) => ({
  name: `${folder} reaches only ${[allowed, file].filter(Boolean).join(", ") || "itself"}`,
  severity: "error",
  from: { path: `^provider/src/${folder}/` },
  to: {
    path: "^provider/src/",
    pathNot: [
      `^provider/src/(${[folder, allowed].filter(Boolean).join("|")})/`,
      ...(file ? [`^provider/src/${file}$`] : []),
    ],
  },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    // Who an address means is one rule: an answer about another person is no answer.
    only("client", "", "membership/email\\.ts"),
    only("membership"),
    only("resources", "membership|session|client"),
    only("session", "membership|client"),
    only("provider", "membership|client|session"),
    only("runtime", "provider|client"),
    only("cli", "membership|client|session"),
    {
      name: "the program's side stays light: what few programs use is loaded when it is used",
      severity: "error",
      from: { path: "^provider/src/(resources/|index)" },
      to: {
        path: "^(node_modules/(zod|node-fetch|csv-parse|yaml)|provider/src/(session|client|membership/(inputs|roster)))/?",
        dependencyTypesNot: ["require", "type-import", "type-only"],
      },
    },
    {
      name: "client knows nothing of Pulumi, and the runtime loads nothing of the SDK",
      severity: "error",
      from: { path: "^provider/src/(client|membership|session|provider|runtime)/" },
      to: { path: "@pulumi" },
    },
    {
      name: "emulator is independent, so that neither hides the other's mistakes",
      severity: "error",
      from: { path: "^emulator/" },
      to: { path: "^(provider|engine)/" },
    },
    {
      name: "engine is independent",
      severity: "error",
      from: { path: "^engine/" },
      to: { path: "^(provider|emulator)/" },
    },
    { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
