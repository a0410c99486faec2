/** In bytes, as the engine's own: a roster of thousands is one message. gRPC's default is 4 MB. */
export const LARGEST_MESSAGE = 400 * 1024 * 1024;
