const { HeadshotRoster } = require("pulumi-headshotpro");

new HeadshotRoster("people", { file: "people.csv" });
