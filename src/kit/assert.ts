/** States what our own code guarantees. Failing is a mistake of ours, never of the person: it crashes, it is not translated. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}
