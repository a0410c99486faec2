/** `mocha --require` of this runs the specs of the real engine with programs that the plugin serves. */
process.env.TEST_FACE = "plugin";
