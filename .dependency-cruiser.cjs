// Arrows go one way: a rule reads "nothing in `from` may reach `to`".
const only = (folder, ...allowed) => ({
  name: `${folder} reaches only ${allowed.join(", ") || "itself"}`,
  severity: "error",
  from: { path: `^provider/src/${folder}(/|\\.ts$)` },
  to: { path: "^provider/src/", pathNot: [folder, ...allowed].map((to) => `^provider/src/${to}(/|\\.ts$)`) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only("invite", "text"),
    // Who an address means is one rule for whoever asks the API.
    only("client", "invite", "clock", "text"),
    only("settings", "client", "invite", "text", "user-error"),
    only("api", "client", "settings", "invite", "clock", "text", "user-error"),
    only("roster", "invite", "text", "urn", "user-error"),
    only("review", "invite", "roster", "text", "urn", "user-error"),
    only("provider", "invite", "api", "client", "settings", "clock", "text", "user-error"),
    // Of the rules only the types of what it passes on.
    only("dynamic", "provider", "clock", "invite", "text", "urn", "user-error"),
    only("plugin", "provider", "dynamic", "roster", "invite", "api", "settings", "text", "urn", "user-error"),
    only("sdk", "invite", "roster", "api", "client", "settings", "text", "urn", "user-error"),
    only(
      "cli",
      "invite",
      "roster",
      "review",
      "api",
      "client",
      "settings",
      "clock",
      "text",
      "urn",
      "user-error",
    ),
    {
      name: "the program's side stays light: what few programs use is loaded when it is used",
      severity: "error",
      from: { path: "^provider/src/(sdk/|index)" },
      to: {
        // Every program has a registry of who is declared.
        path: "^(node_modules/(zod|node-fetch|csv-parse|yaml)/|provider/src/(api/|client/|settings\\.ts|roster/(?!declarations)|invite/inputs))",
        dependencyTypesNot: ["require", "type-import", "type-only"],
      },
    },
    {
      name: "the plugin loads what only a configured provider needs when it is configured",
      severity: "error",
      from: { path: "^provider/src/plugin/(main|grpc)" },
      to: {
        path: "^provider/src/(plugin/(configur|log|marshal|monitor|registrations|roster)|provider|api|client|settings|invite|roster)",
        dependencyTypesNot: ["require", "type-import", "type-only"],
      },
    },
    {
      name: "the rules and the client know nothing of Pulumi, and the runtime loads nothing of the SDK",
      severity: "error",
      from: { path: "^provider/src/((api|client|invite|roster|review|provider|dynamic)/|settings\\.ts$)" },
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
    {
      // The model and the crash trials are played on the real engine, too.
      name: "what two levels of tests share is in tests/support",
      severity: "error",
      from: { path: "^tests/([^/]+)/", pathNot: "^tests/engine/(model|interrupted)" },
      to: {
        path: "^tests/",
        pathNot: ["^tests/$1/", "^tests/support/"],
      },
    },
    {
      name: "tests/support knows no level",
      severity: "error",
      from: { path: "^tests/support/" },
      to: { path: "^(tests/(?!support/)|bench/|demo/)" },
    },
    {
      name: "the bench is no test, and the demo is only played by the tests of the docs",
      severity: "error",
      from: { path: "^tests/", pathNot: "^tests/(docs/|(unit|engine)/bench\\.spec)" },
      to: { path: "^(bench|demo)/" },
    },
    {
      name: "bench and demo take from tests what tests/support has",
      severity: "error",
      from: { path: "^(bench|demo)/" },
      to: { path: "^tests/(?!support/)" },
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
