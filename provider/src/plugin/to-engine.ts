import { LARGEST_MESSAGE } from "./largest-message";

/** The options of each connection to the engine, which is on this machine: gRPC would ask the `https_proxy` for it. */
export const TO_ENGINE = {
  "grpc.enable_http_proxy": 0,
  "grpc.max_receive_message_length": LARGEST_MESSAGE,
} as const;
