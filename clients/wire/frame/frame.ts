/** The frames of RFC 6455 §5, in both directions and both roles, without an object per message. */

export { headerSize, writeClose, writeFrame, writeHeader } from "./frame_encoder.ts";
export { FrameDecoder, type FrameDecoderOptions, type FrameSink } from "./frame_decoder.ts";
export { applyMask } from "./mask.ts";
export { checkUtf8 } from "./frame_rules.ts";
export { OwedPongs } from "./owed_pongs.ts";
export {
  closeCodeOf,
  isCloseCode,
  OPCODE,
  ProtocolError,
  type ProtocolErrorKind,
} from "./protocol.ts";
