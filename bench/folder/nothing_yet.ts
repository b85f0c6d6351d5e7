/** The one fault of a folder that is nobody's. */

/** A run was killed before it had written anything that could be read. */
export class NothingYetError extends Error {
  /** Tells it from other failures. */
  override readonly name = "NothingYetError";
}
