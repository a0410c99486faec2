#!/usr/bin/env node
// npm links a package's commands when it installs it: here that is before anything is compiled.
require("../dist/plugin/main.js");
