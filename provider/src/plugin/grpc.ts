import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** In bytes, as the engine's own: a roster of thousands is one message. gRPC's default is 4 MB. */
export const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** The options of each connection to the engine, which is on this machine: gRPC would ask the `https_proxy` for it. */
export const ENGINE_CHANNEL = {
  "grpc.enable_http_proxy": 0,
  "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
} as const;

/** What the engine is sent of an error: its message, and the metadata of {@link partialFailure}. */
export function toServiceError(error: unknown): Partial<ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  const { metadata = new Metadata() } = error as Partial<ServiceError>;
  return { code: status.UNKNOWN, details: message, metadata };
}

/** A change that was carried out in part: the engine prints the message and records the properties. */
export function partialFailure(
  { message, id, reasons }: { message: string; id: string; reasons: string[] },
  properties: Struct,
): Error {
  const recorded = new ErrorResourceInitFailed().setId(id).setProperties(properties).setReasonsList(reasons);
  const detail = new Any();
  detail.pack(recorded.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const wire = new Status().setCode(status.UNKNOWN).setMessage(message).setDetailsList([detail]);
  const metadata = new Metadata();
  // By this name gRPC's other languages carry an error's details; its Node library knows nothing of them.
  metadata.add("grpc-status-details-bin", Buffer.from(wire.serializeBinary()));
  return Object.assign(new Error(message), { metadata });
}
